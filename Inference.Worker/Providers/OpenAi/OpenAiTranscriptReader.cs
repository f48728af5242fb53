using System.Text;
using Voice.Core.Providers;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>
/// A streamed transcript, of OpenAI's events or of vLLM's chunks, as sentences. Where the events have no times a sentence lies somewhere in the whole recording.
/// A stream that stops without saying that it is done is a failure.
/// </summary>
internal sealed class OpenAiTranscriptReader(string who, double duration)
{
    private const string SentenceEnds = ".?!。？！।";

    private readonly StringBuilder _open = new();
    private bool _told;
    private bool _finished;

    /// <summary>Nothing that follows matters.</summary>
    public bool IsDone { get; private set; }

    public IEnumerable<TranscribedSegment> Read(ReadOnlySpan<byte> data)
    {
        if (data.Trim(" "u8).SequenceEqual("[DONE]"u8))
        {
            IsDone = _finished = true;
            return [];
        }

        var read = OpenAiTranscripts.ParseEvent(data, who);
        if (read.Error is { } error)
        {
            throw StreamFailures.FromEvent(who, error.Type, error.Code, error.Message);
        }

        switch (read.Type)
        {
            case "transcript.text.delta":
                return Add(read.Delta);
            case "transcript.text.segment":
                _told = true;
                var start = Measured.Seconds(read.Start);
                return read.Text?.Trim() is { Length: > 0 } text ? [new(start, Math.Max(start, Measured.Seconds(read.End)), text, null, [])] : [];
            case "transcript.text.done":
                IsDone = _finished = true;
                // Some send nothing but the end.
                return _told || _open.Length > 0 ? [] : Add(read.Text);
        }

        var choice = read.Choices is [{ } first, ..] ? first : null;
        _finished |= choice?.FinishReason is not null;
        return Add(choice?.Delta?.Content);
    }

    /// <summary>What is left when the stream has ended.</summary>
    public TranscribedSegment? End()
    {
        if (!_finished)
        {
            throw new ProviderException("provider_failed", $"{who} stopped in the middle of the transcript.");
        }

        return Take(_open.Length);
    }

    private List<TranscribedSegment> Add(string? text)
    {
        _open.Append(text);
        if (_open.Length > BoundedEvents.LongestEvent)
        {
            throw ProviderBody.Unreadable(who);
        }

        // Only from what came now, and the character before it: a sentence ends with a mark and a space.
        for (var i = _open.Length - 1; i > 0 && i >= _open.Length - (text?.Length ?? 0); i--)
        {
            if (char.IsWhiteSpace(_open[i]) && SentenceEnds.Contains(_open[i - 1]))
            {
                return Take(i) is { } sentence ? [sentence] : [];
            }
        }

        return [];
    }

    private TranscribedSegment? Take(int length)
    {
        var text = _open.ToString(0, length).Trim();
        _open.Remove(0, length);
        _told |= text.Length > 0;
        return text.Length == 0 ? null : new(0, duration, text, null, []);
    }
}
