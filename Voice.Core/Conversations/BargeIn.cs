using Voice.Core.Text;
using Voice.Core.Turns;

namespace Voice.Core.Conversations;

/// <summary>Does the user's voice interrupt the reply? Rows "candidate" of the state table. Under the conversation's gate.</summary>
internal sealed class BargeIn : IDisposable
{
    /// <summary>A listener who says only "yeah, right" for this many times the minimum wants more than to listen.</summary>
    private const int PatienceWithBackchannel = 3;

    /// <summary>A transcript that takes longer must not keep the reply back.</summary>
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(2);

    private readonly ConversationContext _context;
    private readonly ReplyInterruption _replies;
    private readonly ITimer _hold;

    public BargeIn(ConversationContext context, ReplyInterruption replies)
    {
        _context = context;
        _replies = replies;
        _hold = context.Time.CreateTimer(static state => ((BargeIn)state!).OnHoldLimit(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Speech began.</summary>
    public BargeInDecision Begin(Utterance utterance)
    {
        if (_context.Settings.TurnDetection is not { InterruptResponse: true })
        {
            return BargeInDecision.Speech;
        }

        _hold.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Weigh(utterance);
    }

    public BargeInDecision Weigh(Utterance utterance)
    {
        var detection = _context.Settings.TurnDetection!;
        switch (_replies.State)
        {
            case ReplyState.Thinking:
                _replies.Hold();
                var decision = Weigh(utterance, detection.WhileThinking);
                // Nothing is heard that would have to stop: until there are words, holding it is enough.
                return decision == BargeInDecision.Interrupt && !Meant(utterance.Partial) ? BargeInDecision.Announce : decision;
            case ReplyState.Audible:
                return Weigh(utterance, detection.WhileSpeaking);
            default:
                return BargeInDecision.Speech;
        }
    }

    /// <summary>The final transcript says that it was nothing: no words, or words of somebody who listens.</summary>
    public bool WasNothing(string transcript) => !Meant(transcript);

    /// <summary>The utterance is over, and what it was is for the transcript to say.</summary>
    public void AwaitTranscript() => _hold.Change(HoldLimit, Timeout.InfiniteTimeSpan);

    public void Dispose() => _hold.Dispose();

    private BargeInDecision Weigh(Utterance utterance, InterruptionPolicy policy)
    {
        if (Meant(utterance.Partial))
        {
            return policy.OnWords ? BargeInDecision.Interrupt : BargeInDecision.Wait;
        }

        var patience = Backchannel.HasWords(utterance.Partial) ? PatienceWithBackchannel : 1;
        return utterance.Voice >= policy.MinimumVoice * patience ? BargeInDecision.Interrupt : BargeInDecision.Wait;
    }

    /// <summary>"Yes" to a statement says "go on"; to a question it is the answer.</summary>
    private bool Meant(string text) => Backchannel.HasWords(text) && (_replies.Asking || !Backchannel.Is(text, _context.Agent.Language));

    private void OnHoldLimit()
    {
        lock (_context.Gate)
        {
            _replies.Release();
        }
    }
}
