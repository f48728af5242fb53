using Voice.Core.Providers;

namespace Voice.Inference.Transcription.Live;

/// <summary>What is known of one utterance of a stream. Guarded by the stream's lock.</summary>
/// <param name="index">Commits and clears before its audio.</param>
/// <param name="start">Bytes of the stream before its audio.</param>
internal sealed class LiveUtterance(int index, long start)
{
    private readonly List<string> _parts = [];
    private readonly List<TranscribedWord> _words = [];
    private double _confidence;
    private int _weight;
    private string? _failure;

    public int Index { get; } = index;

    public long Start { get; } = start;

    /// <summary>Where its audio ends in the stream, so far.</summary>
    public long End { get; set; } = start;

    /// <summary>The commit's; null while it is spoken, and for one that was cleared.</summary>
    public string? Id { get; private set; }

    /// <summary>Nothing of it is to be told any more.</summary>
    public bool Cleared { get; private set; }

    public bool Ended => Cleared || Id is not null;

    public bool Answered { get; private set; }

    /// <summary>When it ended.</summary>
    public long EndedAt { get; private set; }

    /// <summary>The adapter's own name of it, where its service has one.</summary>
    public string? Name { get; set; }

    public string Text => string.Join(' ', _parts);

    public void Commit(string id, long now) => (Id, EndedAt) = (id, now);

    public void Clear(long now) => (Cleared, EndedAt) = (true, now);

    /// <summary>A stretch that will not change.</summary>
    public void Add(string text, double? confidence = null, IEnumerable<TranscribedWord>? words = null)
    {
        text = text.Trim();
        if (text.Length == 0)
        {
            return;
        }

        _parts.Add(text);
        _words.AddRange(words ?? []);
        if (confidence is { } known)
        {
            _confidence += Math.Clamp(known, 0, 1) * text.Length;
            _weight += text.Length;
        }
    }

    public void Answer(string? failure = null)
    {
        if (!Answered)
        {
            (Answered, _failure) = (true, failure);
        }
    }

    public TranscriptionEvent? Event() => Cleared ? null
        : _failure is not null ? new TranscriptionEvent.Failed(Id!, _failure)
        : new TranscriptionEvent.Final(Id!, Text, _weight == 0 ? null : _confidence / _weight) { Words = _words };
}
