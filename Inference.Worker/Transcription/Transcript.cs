using Voice.Core.Audio;

namespace Voice.Inference.Transcription;

/// <summary>What answers say of a transcript besides its segments.</summary>
internal sealed class Transcript(TranscriptionFormat format, string language, TimeSpan duration, bool wordTimes)
{
    private IReadOnlyList<string> _speakers = [];
    private bool _logProbs;

    public TranscriptionFormat Format => format;

    public bool WordTimes => wordTimes;

    /// <summary><c>transcribe</c>, or <c>translate</c>.</summary>
    public string Task { get; init; } = "transcribe";

    /// <summary>BCP-47 of the text.</summary>
    public string Language { get; init; } = language;

    public TimeSpan Duration { get; } = duration;

    /// <summary>By the engine: all channels.</summary>
    public TimeSpan Heard { get; private init; } = duration;

    public static Transcript Of(TranscriptionForm form, IReadOnlyList<WavAudio> channels, string task = "transcribe", string? language = null) =>
        new(form.Format, language ?? form.Language, channels[0].Duration, form.WordTimes)
        {
            Task = task,
            Heard = channels[0].Duration * channels.Count,
            _speakers = form.Speakers,
            _logProbs = form.LogProbs,
        };

    public DurationUsage Usage => new("duration", (int)Math.Ceiling(Heard.TotalSeconds));

    /// <summary>A, B, … as OpenAI calls who it does not know.</summary>
    public string Speaker(int channel) => channel < _speakers.Count ? _speakers[channel] : ((char)('A' + channel)).ToString();

    public DiarizedSegmentJson Diarized(SpokenSegment spoken, int index) =>
        new($"seg_{index:000}", Math.Round(spoken.Segment.Start, 3), Math.Round(spoken.Segment.End, 3), spoken.Segment.Text, Speaker(spoken.Channel));

    /// <summary>These engines know words, not tokens; null where they do not say how sure they are.</summary>
    public IReadOnlyList<LogProbJson>? LogProbs(IEnumerable<SpokenSegment> segments) => _logProbs
        ? [.. segments.SelectMany(spoken => spoken.Segment.Words).Select(word => new LogProbJson(word.Word, Math.Round(Math.Log(Math.Clamp(word.Confidence, 1e-4, 1)), 4), [.. System.Text.Encoding.UTF8.GetBytes(word.Word).Select(b => (int)b)]))]
        : null;
}
