namespace Voice.Core.Conversations;

/// <summary>
/// What the user heard of one reply: which words lie where in its audio, and how far playback has come. The client plays what it
/// gets, in order, without pause; where it knows better it says so (<c>conversation.item.truncate</c>).
/// </summary>
internal sealed class PlaybackLedger(TimeProvider time)
{
    private readonly List<Clause> _clauses = [];
    private long _startedAt;

    /// <summary>Audio sent so far.</summary>
    public TimeSpan Sent { get; private set; }

    /// <summary>Where playback begins on the input audio clock.</summary>
    public TimeSpan Start { get; private set; }

    public bool Started { get; private set; }

    /// <summary>All words, heard or not.</summary>
    public string Text => string.Join(' ', _clauses.Select(clause => clause.Text));

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

    /// <summary>The client plays nothing more of it.</summary>
    public bool Stopped { get; private set; }

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

    public void Stop() => Stopped = true;

    public void AddClause(string text) => _clauses.Add(new Clause(text, Sent));

    /// <param name="clock">Now, on the input audio clock.</param>
    /// <param name="wait">How long earlier audio still plays.</param>
    /// <returns>Where this block plays on the input audio clock.</returns>
    public TimeSpan AddAudio(TimeSpan duration, TimeSpan clock, TimeSpan wait)
    {
        if (!Started)
        {
            Started = true;
            Start = clock + wait;
            _startedAt = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        }

        var at = Start + Sent;
        Sent += duration;
        _clauses[^1].Duration += duration;
        return at;
    }

    /// <summary>The words that end within <paramref name="heard"/>; of a clause cut in two, the share of its words.</summary>
    /// <param name="from">Words before it are left out.</param>
    public string TextUntil(TimeSpan heard, TimeSpan from = default)
    {
        List<string> words = [];
        foreach (var clause in _clauses.Where(clause => clause.Duration > TimeSpan.Zero && clause.Start >= from && clause.Start < heard))
        {
            if (clause.Start + clause.Duration <= heard)
            {
                words.Add(clause.Text);
                continue;
            }

            var all = clause.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            words.AddRange(all.Take((int)(all.Length * ((heard - clause.Start) / clause.Duration))));
            break;
        }

        return string.Join(' ', words);
    }

    private sealed class Clause(string text, TimeSpan start)
    {
        public string Text { get; } = text;

        public TimeSpan Start { get; } = start;

        public TimeSpan Duration { get; set; }
    }
}
