using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voice.Core.Conversations;

namespace Voice.Core.Replay;

/// <summary>
/// Everything that enters the engine of one session, in order, with the engine's time: audio, client events, what the platform asks of it,
/// and what its providers say (<see cref="Listen"/>). An entry is its content's length (4 bytes, little-endian), its kind (1), ticks of 100 ns
/// since the beginning (8), and the content. Thread-safe.
/// </summary>
public sealed class SessionLog
{
    internal const int FrameBytes = 13;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _calls = [];
    private readonly ArrayBufferWriter<byte> _entry = new(4 * 1024);
    private readonly ISessionLogSink _sink;
    private readonly TimeProvider _time;
    private readonly long _began;

    public SessionLog(SessionLogHeader header, ISessionLogSink sink, TimeProvider time)
    {
        (_sink, _time, _began) = (sink, time, time.GetTimestamp());
        Write(LogKind.Begin, header, LogJson.Default.SessionLogHeader);
    }

    /// <summary>The same providers, overheard.</summary>
    public ConversationProviders Listen(ConversationProviders providers) => providers with
    {
        Transcriber = new LoggedTranscriber(providers.Transcriber, this),
        Chat = new LoggedChatClient(providers.Chat, this),
        Synthesizer = new LoggedSynthesizer(providers.Synthesizer, this),
        Translator = new LoggedTranslator(providers.Translator, this),
        Tools = providers.Tools is null ? null : new LoggedToolRunner(providers.Tools, this),
    };

    public void Audio(ReadOnlySpan<byte> pcm) => Write(LogKind.Audio, pcm);

    public void Client(ReadOnlySpan<byte> clientEvent) => Write(LogKind.Client, clientEvent);

    public void Say(string text) => Write(LogKind.Engine, new EngineCommand("say", text), LogJson.Default.EngineCommand);

    public void PausePlayback() => Write(LogKind.Engine, new EngineCommand("pause_playback"), LogJson.Default.EngineCommand);

    public void ContinuePlayback() => Write(LogKind.Engine, new EngineCommand("continue_playback"), LogJson.Default.EngineCommand);

    public void End() => Write(LogKind.End, []);

    /// <summary>In place of an entry that is lost, and of all that follow.</summary>
    public static byte[] LostEntry(ReadOnlySpan<byte> entry)
    {
        var lost = new byte[FrameBytes];
        Frame(lost, LogKind.Lost, TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(entry[5..])), 0);
        return lost;
    }

    internal void Provider(ProviderEntry entry) => Write(LogKind.Provider, entry, LogJson.Default.ProviderEntry);

    /// <summary>A call begins.</summary>
    /// <returns>Its number.</returns>
    internal int Call(string stage)
    {
        int number;
        lock (_gate)
        {
            number = _calls[stage] = _calls.GetValueOrDefault(stage) + 1;
        }

        Provider(new ProviderEntry(stage, number, "begin"));
        return number;
    }

    private void Write<T>(LogKind kind, T content, JsonTypeInfo<T> type) => Write(kind, JsonSerializer.SerializeToUtf8Bytes(content, type));

    private void Write(LogKind kind, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            _entry.ResetWrittenCount();
            Frame(_entry.GetSpan(FrameBytes), kind, _time.GetElapsedTime(_began), content.Length);
            _entry.Advance(FrameBytes);
            _entry.Write(content);
            _sink.Write(_entry.WrittenSpan);
        }
    }

    internal static void Frame(Span<byte> frame, LogKind kind, TimeSpan at, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);
        frame[4] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(frame[5..], at.Ticks);
    }
}
