namespace Voice.Core.Conversations;

/// <summary>
/// Waits for a reply to have played and forgets its audio; then, where the session asks for it, waits on: to a user who says nothing for
/// the idle timeout the agent speaks again. Under the conversation's gate.
/// </summary>
internal sealed class IdleTimer : IDisposable
{
    /// <summary>Playback that stands still has as much left when asked again.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(20);

    private readonly ConversationContext _context;
    private readonly ResponseRunner _responses;
    private readonly Func<bool> _quiet;
    private readonly ITimer _timer;
    private bool _playing;

    /// <param name="quiet">Nobody speaks, and nothing that was said waits for its words.</param>
    public IdleTimer(ConversationContext context, ResponseRunner responses, Func<bool> quiet)
    {
        _context = context;
        _responses = responses;
        _quiet = quiet;
        _timer = context.Time.CreateTimer(static state => ((IdleTimer)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A reply was sent, or what the user said was nothing: from here on, or from the end of playback, it may be quiet.</summary>
    public void Restart()
    {
        if (_responses.Last is not { } last)
        {
            return;
        }

        var left = last.Ledger.Remaining;
        _playing = left > TimeSpan.Zero;
        if (_playing)
        {
            _timer.Change(left > ShortestWait ? left : ShortestWait, Timeout.InfiniteTimeSpan);
            return;
        }

        _responses.Past.ForgetPlayed();
        _timer.Change(_context.Settings.TurnDetection?.IdleTimeout ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        lock (_context.Gate)
        {
            if (_context.Ended)
            {
                return;
            }

            if (_playing)
            {
                Restart();
            }
            else if (_context.Settings.TurnDetection?.IdleTimeout is { } timeout && _responses is { Current: null, Last: { } last } && _quiet())
            {
                Speak(last, timeout);
            }
        }
    }

    private void Speak(ActiveResponse last, TimeSpan silence)
    {
        var itemId = _context.NewId("item");
        var end = _context.Clock();
        var start = last.Ledger.Started ? last.Ledger.ClockOf(last.Heard ?? last.Ledger.Sent) : end - silence;
        var before = Memory.Of(_context.History.Snapshot());
        _context.Events.Write(new ConversationEvent.IdleTimeout(itemId, start < end ? start : end, end));
        UserMessage.Commit(_context, itemId);
        if (_context.Settings.TurnDetection is not { CreateResponse: true })
        {
            // Whoever asks for responses decides whether there is one.
            return;
        }

        if (_context.Agent.Mode == "interpreter")
        {
            // There is nothing to translate.
            _responses.Say(Text.Phrases.StillThere(_context.Agent.Language));
            return;
        }

        // To the model silence is a message: many answer the one before again if there is none.
        var told = UserMessage.Of(itemId, $"[The user has said nothing for {silence.TotalSeconds:0} seconds.]");
        _responses.Start(null, new ResponseRequest { Input = [.. before.Append(told).Select(item => new ResponseInput(item, null))] }, string.Empty);
    }
}
