using Voice.Core.Safety;

namespace Voice.Core.Conversations;

/// <summary>
/// Holds the last answered turn back until its reply has played, since an interruption cuts it, and keeps turns in their order: one
/// that is done while the reply to the turn before still runs waits for it. Under the conversation's gate.
/// </summary>
internal sealed class TurnRecorder
{
    private readonly ConversationContext _context;
    private readonly ITimer _timer;
    private readonly SortedList<int, Turn> _done = [];
    private Turn? _held;
    private int _recorded;

    public TurnRecorder(ConversationContext context)
    {
        _context = context;
        _timer = context.Time.CreateTimer(static state => ((TurnRecorder)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Who is in danger is not made to wait for the end of a sentence.</summary>
    public static bool IsUrgent(Turn turn, string language) => CrisisLexicon.Assess(turn.Transcript, language) is not null;

    /// <summary>Turns are recorded in their order: the one held before goes first.</summary>
    public void Hold(Turn turn, TimeSpan remaining)
    {
        if (_held != turn)
        {
            Release();
        }

        if (turn.Recorded)
        {
            return;
        }

        _held = turn;
        if (IsUrgent(turn, _context.Agent.Language))
        {
            Release();
            return;
        }

        if (remaining <= TimeSpan.Zero && remaining != Timeout.InfiniteTimeSpan)
        {
            Release();
        }
        else
        {
            _timer.Change(remaining, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Its reply was interrupted, and may go on.</summary>
    public void Keep(Turn turn) => Hold(turn, Timeout.InfiniteTimeSpan);

    public void Release()
    {
        if (_held is { } turn)
        {
            _held = null;
            Record(turn);
        }
    }

    public void Record(Turn turn)
    {
        if (turn.Recorded)
        {
            return;
        }

        _done[turn.Sequence] = turn;
        while (_done.Count > 0 && _done.Keys[0] == _recorded + 1)
        {
            WriteFirst();
        }
    }

    /// <summary>What is left is recorded now, and nothing after it.</summary>
    public void Close()
    {
        Release();
        while (_done.Count > 0)
        {
            WriteFirst();
        }

        _timer.Dispose();
    }

    private void WriteFirst()
    {
        var turn = _done.Values[0];
        _done.RemoveAt(0);
        _recorded = turn.Sequence;
        turn.Recorded = true;
        _context.Events.Write(new ConversationEvent.TurnRecorded(turn.Summary(_context.Agent.Language)));
    }

    private void OnTimer()
    {
        lock (_context.Gate)
        {
            Release();
        }
    }
}
