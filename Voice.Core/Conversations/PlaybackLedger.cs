using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Core.Conversations;

/// <summary>
/// What the user heard of one reply: which words lie where in its audio, and how far playback has come. The client plays what it
/// gets, in order, without pause; where it knows better it says so (<c>conversation.item.truncate</c>). Keeps the audio that has not
/// played yet, and a little more, in case it has to be sent again.
/// </summary>
internal sealed class PlaybackLedger(TimeProvider time)
{
    /// <summary>A client that says what was heard is as far behind our estimate as its connection is slow.</summary>
    private static readonly TimeSpan KeptAfterPlayback = TimeSpan.FromSeconds(2);

    private readonly List<ClauseAudio> _clauses = [];
    private int _firstKept;
    private long _startedAt;

    // Where audio lies on the input audio clock: from its first block, and from each with which a player that had run dry began again.
    private readonly List<(TimeSpan Audio, TimeSpan Clock)> _begins = [];

    /// <summary>Audio sent so far.</summary>
    public TimeSpan Sent { get; private set; }

    public bool Started { get; private set; }

    /// <summary>The client plays nothing more of it.</summary>
    public bool Stopped { get; private set; }

    /// <summary>The last clause still gets audio.</summary>
    public bool Unfinished => _clauses.Count > 0 && !_clauses[^1].Complete;

    /// <summary>Until all that was sent has played, what plays before it included; nothing once playback was stopped.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (!Started || Stopped)
            {
                return TimeSpan.Zero;
            }

            var remaining = Sent - time.GetElapsedTime(_startedAt);
            return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        }
    }

    /// <summary>Estimate from the clock.</summary>
    public TimeSpan Played
    {
        get
        {
            if (!Started)
            {
                return TimeSpan.Zero;
            }

            var elapsed = time.GetElapsedTime(_startedAt);
            return elapsed <= TimeSpan.Zero ? TimeSpan.Zero : elapsed < Sent ? elapsed : Sent;
        }
    }

    public void AddClause(string text, bool filler = false)
    {
        Complete();
        _clauses.Add(new ClauseAudio(text, Sent, filler));
    }

    /// <summary>No more audio of the last clause follows.</summary>
    public void Complete()
    {
        if (_clauses.Count > 0)
        {
            _clauses[^1].Complete = true;
        }
    }

    /// <summary>No more of the last clause is said: its words are those of the audio there is.</summary>
    /// <returns>They.</returns>
    public string CutLast()
    {
        var words = _clauses[^1].WordsUntil(Sent);
        _clauses[^1].Keep(words);
        return words;
    }

    /// <param name="clock">Now, on the input audio clock.</param>
    /// <param name="wait">How long earlier audio still plays.</param>
    /// <returns>Where this block plays on the input audio clock.</returns>
    public TimeSpan AddAudio(ReadOnlyMemory<byte> pcm, TimeSpan clock, TimeSpan wait)
    {
        if (!Started)
        {
            Started = true;
            _begins.Add((TimeSpan.Zero, clock + wait));
            _startedAt = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        }
        else if (time.GetElapsedTime(_startedAt) - Sent is { Ticks: > 0 } dry)
        {
            _startedAt += (long)(dry.TotalSeconds * time.TimestampFrequency);
            if (clock > ClockOf(Sent))
            {
                _begins.Add((Sent, clock));
            }
        }

        var at = _begins[^1].Clock + Sent - _begins[^1].Audio;
        Sent += Pcm16.Duration(pcm.Length, ISpeechSynthesizer.SampleRate);
        _clauses[^1].Add(pcm);
        ForgetUntil(Played - KeptAfterPlayback);
        return at;
    }

    /// <summary>When this much of it has played, on the input audio clock.</summary>
    public TimeSpan ClockOf(TimeSpan played)
    {
        var (audio, clock) = _begins.FindLast(begin => begin.Audio < played || begin.Audio == TimeSpan.Zero);
        return clock + played - audio;
    }

    /// <summary>The words that end within <paramref name="heard"/>; of a clause cut in two, the share of its words.</summary>
    /// <param name="from">Words before it are left out.</param>
    public string TextUntil(TimeSpan heard, TimeSpan from = default) =>
        string.Join(' ', _clauses.Where(clause => clause.Start >= from && clause.Start < heard).Select(clause => clause.WordsUntil(heard)).Where(words => words.Length > 0));

    /// <summary>What <see cref="TextUntil"/> leaves, with the audio after <paramref name="heard"/>, as far as it was sent.</summary>
    public IEnumerable<ReplyPiece> Rest(TimeSpan heard) => _clauses.SelectMany(clause => clause.Rest(heard));

    public void Stop() => Stopped = true;

    /// <summary>It was heard, and will not be sent again.</summary>
    public void ForgetAudio() => ForgetUntil(Sent);

    /// <summary>Nothing is added any more, and where the words lie is kept for as long as the conversation.</summary>
    public void Shrink()
    {
        ForgetUntil(Sent);
        _clauses.TrimExcess();
        _begins.TrimExcess();
    }

    private void ForgetUntil(TimeSpan played)
    {
        for (; _firstKept < _clauses.Count && _clauses[_firstKept].ForgetUntil(played) && _clauses[_firstKept].Complete; _firstKept++)
        {
            // Clauses that have played in full are not looked at again.
        }
    }
}
