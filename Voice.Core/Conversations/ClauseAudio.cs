using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Core.Conversations;

/// <summary>One clause of a reply as it was sent: its words, where its audio lies, and the part of the audio that may be needed again.</summary>
internal sealed class ClauseAudio(string text, TimeSpan start, bool filler)
{
    /// <summary>People and synthesizers speak about so fast; only used while a clause is still being synthesised.</summary>
    private const double CharactersPerSecond = 15;

    // Not as words: they are asked for when somebody interrupts, and kept for as long as the conversation.
    private string _said = text;
    private readonly int _characters = text.Length;

    // Null where all of it was forgotten: an empty queue keeps the places it had.
    private Queue<ReadOnlyMemory<byte>>? _blocks;
    private TimeSpan _forgotten;
    private TimeSpan _duration;

    /// <summary>Since the beginning of the reply.</summary>
    public TimeSpan Start => start;

    public bool Complete { get; set; }

    public void Add(ReadOnlyMemory<byte> pcm)
    {
        (_blocks ??= new()).Enqueue(pcm);
        _duration += Duration(pcm);
    }

    /// <summary>No more was said of it.</summary>
    public void Keep(string words)
    {
        _said = words;
        Complete = true;
    }

    private string[] Words => _said.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public string WordsUntil(TimeSpan heard)
    {
        var words = Words;
        return string.Join(' ', words.Take(Heard(heard, words.Length)));
    }

    public IEnumerable<ReplyPiece> Rest(TimeSpan heard)
    {
        if (Complete && heard >= start + _duration && heard > start)
        {
            yield break;
        }

        var words = Words;
        yield return new ReplyPiece(string.Join(' ', words.Skip(Heard(heard, words.Length))), default, filler);
        var at = start + _forgotten;
        foreach (var block in _blocks ?? [])
        {
            var end = at + Duration(block);
            var skip = heard > at ? Math.Min(block.Length, (int)((heard - at).TotalSeconds * ISpeechSynthesizer.SampleRate) * sizeof(short)) : 0;
            if (skip < block.Length)
            {
                yield return new ReplyPiece(null, block[skip..]);
            }

            at = end;
        }
    }

    /// <returns>True where none is left.</returns>
    public bool ForgetUntil(TimeSpan played)
    {
        while (_blocks is not null && _blocks.TryPeek(out var block) && start + _forgotten + Duration(block) <= played)
        {
            _forgotten += Duration(block);
            _blocks.Dequeue();
        }

        if (_blocks is { Count: 0 })
        {
            _blocks = null;
        }

        return _blocks is null;
    }

    private int Heard(TimeSpan heard, int words)
    {
        if (_duration == TimeSpan.Zero || heard <= start)
        {
            return 0;
        }

        if (Complete && heard >= start + _duration)
        {
            return words;
        }

        // At least one word is left for the audio that is left.
        var estimate = TimeSpan.FromSeconds(_characters / CharactersPerSecond);
        var length = Complete || estimate < _duration ? _duration : estimate;
        return Math.Min(words - 1, (int)(words * ((heard - start) / length)));
    }

    private static TimeSpan Duration(ReadOnlyMemory<byte> pcm) => Pcm16.Duration(pcm.Length, ISpeechSynthesizer.SampleRate);
}
