using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Core.Conversations;

/// <summary>One clause of a reply as it was sent: its words, where its audio lies, and the part of the audio that may be needed again.</summary>
internal sealed class ClauseAudio(string text, TimeSpan start, bool filler)
{
    /// <summary>People and synthesizers speak about so fast; only used while a clause is still being synthesised.</summary>
    private const double CharactersPerSecond = 15;

    private string[] _words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    private readonly Queue<ReadOnlyMemory<byte>> _blocks = new();
    private TimeSpan _forgotten;
    private TimeSpan _duration;

    /// <summary>Since the beginning of the reply.</summary>
    public TimeSpan Start => start;

    public bool Complete { get; set; }

    public void Add(ReadOnlyMemory<byte> pcm)
    {
        _blocks.Enqueue(pcm);
        _duration += Duration(pcm);
    }

    /// <summary>No more was said of it.</summary>
    public void Keep(string words)
    {
        _words = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Complete = true;
    }

    public string WordsUntil(TimeSpan heard) => string.Join(' ', _words.Take(Heard(heard)));

    public IEnumerable<ReplyPiece> Rest(TimeSpan heard)
    {
        if (Complete && heard >= start + _duration && heard > start)
        {
            yield break;
        }

        yield return new ReplyPiece(string.Join(' ', _words.Skip(Heard(heard))), default, filler);
        var at = start + _forgotten;
        foreach (var block in _blocks)
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
        while (_blocks.TryPeek(out var block) && start + _forgotten + Duration(block) <= played)
        {
            _forgotten += Duration(block);
            _blocks.Dequeue();
        }

        return _blocks.Count == 0;
    }

    private int Heard(TimeSpan heard)
    {
        if (_duration == TimeSpan.Zero || heard <= start)
        {
            return 0;
        }

        if (Complete && heard >= start + _duration)
        {
            return _words.Length;
        }

        // At least one word is left for the audio that is left.
        var estimate = TimeSpan.FromSeconds(text.Length / CharactersPerSecond);
        var length = Complete || estimate < _duration ? _duration : estimate;
        return Math.Min(_words.Length - 1, (int)(_words.Length * ((heard - start) / length)));
    }

    private static TimeSpan Duration(ReadOnlyMemory<byte> pcm) => Pcm16.Duration(pcm.Length, ISpeechSynthesizer.SampleRate);
}
