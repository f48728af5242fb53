using Voice.Core.Text;

namespace Voice.Core.Conversations;

/// <summary>
/// Begins the reply on what was understood so far, before the turn is known to be over, and hands it out if that was all. Nothing of it is
/// told, spoken or done before. Rows "staged" of the state table. Under the conversation's gate.
/// </summary>
internal sealed class Speculation(ConversationContext context, ResponseRunner responses)
{
    /// <summary>Shorter pauses are between words.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Where the words do not tell whether that was all.</summary>
    private static readonly TimeSpan OpenPause = TimeSpan.FromMilliseconds(300);

    /// <summary>A transcriber that is still writing says more within this.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromMilliseconds(40);

    private StagedReply? _staged;
    private int _started;

    /// <summary>Another frame of a pause in a turn that is not over.</summary>
    /// <param name="caughtUp">The newest words came after the voice: they are a whole sentence's last, where it is one.</param>
    public void Consider(Utterance utterance, TimeSpan silence, Completeness completeness, bool caughtUp)
    {
        var pause = completeness switch { Completeness.Unfinished => TimeSpan.MaxValue, Completeness.Open => OpenPause, _ => Pause };
        var stable = caughtUp && completeness >= Completeness.Likely ? TimeSpan.Zero : Stable;
        if (silence >= pause && context.Time.GetElapsedTime(utterance.PartialAt) >= stable)
        {
            Stage(utterance);
        }
    }

    /// <summary>The turn is over, and its final words are on their way: most likely they are these.</summary>
    public void TurnIsOver(Utterance utterance, Completeness completeness)
    {
        if (completeness != Completeness.Unfinished)
        {
            Stage(utterance);
        }
    }

    /// <summary>The user went on, or was understood differently.</summary>
    public void Heard(string partial)
    {
        if (_staged is { } staged && !staged.Answers(partial))
        {
            Drop();
        }
    }

    /// <summary>The reply to exactly this turn, if there is one.</summary>
    public ActiveResponse? Take(Turn turn, ResponseRequest request)
    {
        var fits = _staged is { } staged && request == new ResponseRequest() && staged.Settings == context.Settings && staged.Answers(turn.Transcript)
            && staged.Reads(turn.ItemId, ResponseSetup.History(context, request)) && responses.Last == staged.After && !staged.Response.Run.Over;
        turn.Speculated = new Speculated(_started, fits);
        _started = 0;
        if (!fits)
        {
            Drop();
            return null;
        }

        var response = _staged!.Response;
        _staged = null;
        return response;
    }

    public void Drop()
    {
        if (_staged is { } staged)
        {
            _staged = null;
            responses.GiveUp(staged.Response);
        }
    }

    private void Stage(Utterance utterance)
    {
        // Asked at every frame of a pause: what costs something comes last.
        if (context.Settings is not { Audio: true, TurnDetection.CreateResponse: true, SpeculationLimit: { } limit } || responses.Current is not null
            || !responses.Calls.Allow(limit) || _staged?.Answers(utterance.Partial) == true || !Backchannel.HasWords(utterance.Partial))
        {
            return;
        }

        Drop();
        _started++;
        IReadOnlyList<ConversationItem> history =
        [
            .. ResponseSetup.History(context, new ResponseRequest()).Where(item => item.Id != utterance.ItemId),
            UserMessage.Of(utterance.ItemId, utterance.Partial),
        ];
        var response = responses.Stage(history, utterance.Partial);
        _staged = new StagedReply(response, utterance.Partial, history, context.Settings, responses.Last);
    }
}
