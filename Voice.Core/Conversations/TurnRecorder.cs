using Voice.Core.Safety;

namespace Voice.Core.Conversations;

/// <summary>
/// Holds the last answered turn back until its reply has played, since an interruption cuts it. Under the conversation's gate.
/// </summary>
internal sealed class TurnRecorder : IDisposable
{
    private readonly ConversationContext _context;
    private readonly ITimer _timer;
    private Turn? _held;

    public TurnRecorder(ConversationContext context)
    {
        _context = context;
        _timer = context.Time.CreateTimer(static state => ((TurnRecorder)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

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
        // Who is in danger is not made to wait for the end of a sentence.
        if (CrisisLexicon.Assess(turn.Transcript, _context.Agent.Language) is not null)
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
        if (!turn.Recorded)
        {
            turn.Recorded = true;
            _context.Events.Write(new ConversationEvent.TurnRecorded(turn.Summary(_context.Agent.Language)));
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        lock (_context.Gate)
        {
            Release();
        }
    }
}
