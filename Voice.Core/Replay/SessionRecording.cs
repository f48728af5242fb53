using System.Buffers.Binary;
using System.Text.Json;

namespace Voice.Core.Replay;

/// <summary>A session's log, read: what came from outside in its order, and what each call of a provider brought.</summary>
public sealed class SessionRecording
{
    private readonly Dictionary<(string Stage, int Call), RecordedCall> _calls = [];

    private SessionRecording(SessionLogHeader header) => Header = header;

    public SessionLogHeader Header { get; }

    /// <summary>When the conversation was ended; where the log breaks off, its last entry.</summary>
    public TimeSpan Length { get; private set; }

    /// <summary>Broken off: the server died, or the log grew too long.</summary>
    public bool Complete { get; private set; }

    internal List<LogEntry> Inputs { get; } = [];

    internal IReadOnlyList<RecordedCall> Calls(string stage) => [.. _calls.Where(call => call.Key.Stage == stage).OrderBy(call => call.Key.Call).Select(call => call.Value)];

    /// <exception cref="InvalidDataException">No log, or one that lost entries.</exception>
    public static SessionRecording Read(ReadOnlyMemory<byte> log)
    {
        SessionRecording? recording = null;
        while (log.Length >= SessionLog.FrameBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(log.Span);
            if (length < 0)
            {
                throw new InvalidDataException("This is no session log.");
            }

            if (log.Length - SessionLog.FrameBytes < length)
            {
                // The last block that was stored ends within an entry.
                break;
            }

            var entry = new LogEntry(
                (LogKind)log.Span[4], TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(log.Span[5..])), log.Slice(SessionLog.FrameBytes, length));
            log = log[(SessionLog.FrameBytes + length)..];
            recording ??= Begin(entry);
            recording.Add(entry);
        }

        return recording ?? throw new InvalidDataException("This is no session log.");
    }

    private static SessionRecording Begin(LogEntry entry)
    {
        try
        {
            return entry.Kind == LogKind.Begin && JsonSerializer.Deserialize(entry.Content.Span, LogJson.Default.SessionLogHeader) is { } header
                ? new SessionRecording(header)
                : throw new InvalidDataException("This is no session log.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("This is no session log.", exception);
        }
    }

    private void Add(LogEntry entry)
    {
        Length = entry.At;
        switch (entry.Kind)
        {
            case LogKind.Audio or LogKind.Client or LogKind.Engine:
                Inputs.Add(entry);
                break;
            case LogKind.Provider:
                Add(entry, JsonSerializer.Deserialize(entry.Content.Span, LogJson.Default.ProviderEntry)!);
                break;
            case LogKind.End:
                Complete = true;
                break;
            case LogKind.Lost:
                throw new InvalidDataException("The log lost entries when Blob Storage was away or the session too long; it cannot be replayed.");
        }
    }

    private void Add(LogEntry entry, ProviderEntry provider)
    {
        if (provider.Event == "begin")
        {
            _calls[(provider.Stage, provider.Call)] = new RecordedCall(entry.At);
            return;
        }

        // An answer to a commit comes as long after it as it did; whatever else a transcriber says comes when it said it, since it is about the audio.
        if (provider is { Stage: LoggedTranscriber.Stage, Event: "partial" or "failed" or "end" } && _calls[(provider.Stage, provider.Call)].Parts.Any(part => part.Entry.Event == "opened"))
        {
            Inputs.Add(entry);
        }

        _calls[(provider.Stage, provider.Call)].Parts.Add(new RecordedPart(entry.At, provider));
    }
}
