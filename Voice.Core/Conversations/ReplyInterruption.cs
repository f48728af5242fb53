namespace Voice.Core.Conversations;

/// <summary>
/// Holds, stops and resumes the reply. Rows "held" and "suspended" of the state table. Under the conversation's gate.
/// </summary>
internal sealed class ReplyInterruption : IDisposable
{
    /// <summary>A client that truncates says so within a round trip; the record waits that long for it.</summary>
    private static readonly TimeSpan TruncateGrace = TimeSpan.FromMilliseconds(750);

    /// <summary>Whoever speaks this long meant to interrupt; providers are not kept waiting for the small chance that it was noise.</summary>
    private static readonly TimeSpan SuspendedLimit = TimeSpan.FromSeconds(10);

    /// <summary>Who is asked knows the question before its last word, and our estimate of playback runs ahead of the ear by the client's buffer.</summary>
    private static readonly TimeSpan QuestionHeard = TimeSpan.FromSeconds(1.5);

    private readonly ConversationContext _context;
    private readonly ResponseRunner _responses;
    private readonly TurnRecorder _recorder;
    private readonly ITimer _limit;
    private ActiveResponse? _held;
    private ActiveResponse? _suspended;
    private string[] _announcements = [];

    public ReplyInterruption(ConversationContext context, ResponseRunner responses, TurnRecorder recorder)
    {
        _context = context;
        _responses = responses;
        _recorder = recorder;
        _limit = context.Time.CreateTimer(static state => ((ReplyInterruption)state!).OnSuspendedLimit(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ReplyState State => _responses switch
    {
        { Current: { Audio: true, Ledger.Started: false } } => ReplyState.Thinking,
        { Current.Audio: true } => ReplyState.Audible,
        { Last.Ledger.Remaining.Ticks: > 0 } => ReplyState.Audible,
        _ => ReplyState.None,
    };

    /// <summary>What plays ends in a question, and its end is being heard.</summary>
    public bool Asking =>
        Playing() is { Active: false } reply && reply.Ledger.Remaining <= QuestionHeard && reply.Text.AsSpan().TrimEnd() is [.., '?' or '？'];

    /// <summary>A reply was stopped, and may have to go on.</summary>
    public bool Suspended => _suspended is not null;

    /// <summary>Nothing leaves of a reply of which nothing was heard yet.</summary>
    public void Hold()
    {
        if (_responses.Current is { Audio: true, Ledger.Started: false } thinking)
        {
            _held = thinking;
            thinking.Run.Sink.Outlet.Close();
        }
    }

    public void Release()
    {
        _held?.Run.Sink.Outlet.Open();
        _held = null;
    }

    /// <summary>The user speaks: the reply stops, and what was not heard of it is forgotten, unless it is resumed.</summary>
    /// <param name="resume">It is to be kept for that.</param>
    /// <returns>The turn whose reply had not begun to be heard: it is still owed an answer.</returns>
    public Turn? Interrupt(bool resume)
    {
        Release();
        var announcements = _responses.TakeWaiting();
        var owed = _responses.Current is { Audio: true, Ledger.Started: false, Turn: { } turn } ? turn : null;
        var playing = Playing();
        if (owed is not null || playing is not null)
        {
            Forget();
        }

        if (_responses.Current is { } current && current != playing)
        {
            current.SetAside = owed is not null;
            if (current.Audio)
            {
                // It was to play after what plays now: the turn that is told and recorded with its end has nothing of it.
                current.Heard = TimeSpan.Zero;
            }

            _responses.Cancel("turn_detected", followed: true);
            if (current.Audio)
            {
                _responses.Past.Cut(current, TimeSpan.Zero);
            }
        }

        foreach (var later in _responses.Past.Recent.Where(one => one != playing && one.Ledger.Remaining > TimeSpan.Zero).ToArray())
        {
            // It was to play after what plays now.
            later.Heard = TimeSpan.Zero;
            _responses.Past.Cut(later, TimeSpan.Zero);
        }

        if (playing is not null)
        {
            Stop(playing, resume && owed is null);
            _announcements = announcements;
        }

        return owed;
    }

    /// <summary>It was nothing.</summary>
    /// <returns>False where there is nothing left to say, or something else is being said.</returns>
    public bool Resume()
    {
        if (_suspended is not { } response)
        {
            return false;
        }

        if (_responses.Current is not null || !_responses.Continue(response))
        {
            Forget();
            return false;
        }

        _limit.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _suspended = null;
        response.Suspended = false;
        Array.ForEach(_announcements, _responses.Say);
        return true;
    }

    /// <summary>The interruption was one: the reply ends where it stopped.</summary>
    public void Forget()
    {
        if (_suspended is not { } response)
        {
            return;
        }

        _suspended = null;
        response.Suspended = false;
        _announcements = [];
        _limit.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _responses.GiveUp(response);
        response.Ledger.ForgetAudio();
        if (response.Turn is { } turn && !_responses.IsOpen(turn))
        {
            _responses.Tell(turn, "interrupted");
            _recorder.Hold(turn, TruncateGrace);
        }
    }

    public void Dispose() => _limit.Dispose();

    /// <summary>What can be heard now: the oldest of which something still plays, else the reply that is made.</summary>
    private ActiveResponse? Playing() =>
        _responses.Past.Recent.LastOrDefault(past => past.Ledger.Remaining > TimeSpan.Zero)
        ?? (_responses.Current is { Audio: true, Ledger.Started: true } current ? current : null);

    private void Stop(ActiveResponse response, bool resume)
    {
        response.Mute();
        response.Heard = response.Ledger.Played;
        // Closed before it ends: what the pipeline is about to send must wait and not be left out.
        response.Run.Sink.Outlet.Close();
        if (response.Active)
        {
            _responses.Suspend(response, mayGoOn: resume);
        }

        _responses.Past.Cut(response, response.Ledger.Played);
        if (response.Turn is { } turn && !_responses.IsOpen(turn))
        {
            if (TurnRecorder.IsUrgent(turn, _context.Agent.Language))
            {
                // It is recorded now, and nothing is recorded that the client was not told of.
                _responses.Tell(turn, "interrupted");
            }

            _recorder.Keep(turn);
        }

        _suspended = response;
        response.Suspended = true;
        if (resume)
        {
            _limit.Change(SuspendedLimit, Timeout.InfiniteTimeSpan);
        }
        else
        {
            Forget();
        }
    }

    private void OnSuspendedLimit()
    {
        lock (_context.Gate)
        {
            if (_suspended is { } response)
            {
                _responses.GiveUp(response);
            }
        }
    }
}
