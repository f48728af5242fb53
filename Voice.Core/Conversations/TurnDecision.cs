using Voice.Core.Modes;
using Voice.Core.Text;

namespace Voice.Core.Conversations;

/// <summary>What is done about a turn once its words are known, or known not to come. Rows "overheard" and "transcribing". Under the conversation's gate.</summary>
/// <param name="utterance">What is being said now; null while nobody speaks.</param>
internal sealed class TurnDecision(
    ConversationContext context, ResponseRunner responses, ReplyInterruption interruption, BargeIn bargeIn, PendingTurns pending, TurnQueue queue, Func<Utterance?> utterance)
{
    /// <summary>Of noise, transcribers make a word at first; of a long one, two.</summary>
    private const int WordsOfSpeech = 2;

    private static readonly TimeSpan LengthOfSpeech = TimeSpan.FromSeconds(1);

    /// <summary>What was said was nothing.</summary>
    public Action Nothing { get; set; } = static () => { };

    private bool Speaking => utterance() is not null;

    /// <param name="heard">The longest partial.</param>
    public void Understood(Turn turn, string heard)
    {
        if (IsUnclear(turn, heard))
        {
            Failed(turn, "Words were heard, but none that the transcriber is sure of.");
            return;
        }

        if (turn.Overheard && Ignore(turn))
        {
            return;
        }

        if (context.History.Find(turn.ItemId) is ConversationItem.Message item)
        {
            context.History.Replace(item.WithText(turn.Transcript) with { Aside = IsNothing(turn) });
        }

        context.Events.Write(new ConversationEvent.TranscriptCompleted(turn.ItemId, turn.Transcript, turn.Confidence, turn.SpeechDuration ?? TimeSpan.Zero));
        if (turn.Transcript.Length == 0 || IsNothing(turn))
        {
            DecideNothing(turn);
        }
        else
        {
            Decide(turn);
        }
    }

    public void Failed(Turn turn, string reason)
    {
        // There is none: how long it was waited for is no latency of one.
        turn.TranscribedAt = null;
        LetGo();
        Nothing();
        if (turn.Overheard)
        {
            turn.EndActivity(ResponseRunner.NotUnderstood);
            AnswerWaiting();
            return;
        }

        context.Events.Write(new ConversationEvent.TranscriptFailed(turn.ItemId, "transcription_failed", reason));
        interruption.Forget();
        queue.RecordFailed(turn);
        if (turn.Requested is not null || (context.Settings is { Audio: true, TurnDetection.CreateResponse: true } && !Speaking))
        {
            responses.Say(Phrases.NotUnderstood(context.Agent.Language));
        }
        else
        {
            AnswerWaiting();
        }
    }

    /// <summary>The user speaks, and it is no backchannel: whatever is being said stops.</summary>
    public void Interrupt()
    {
        if (context.Settings.TurnDetection is { InterruptResponse: true } detection)
        {
            queue.Owe(interruption.Interrupt(detection.WhileSpeaking.Resume));
        }
    }

    /// <summary>The user has stopped, or the reply before has.</summary>
    public void AnswerWaiting()
    {
        if (!context.Ended && !Speaking && responses.Current is null && pending.Count == 0 && context.Settings.TurnDetection is { CreateResponse: true })
        {
            queue.AnswerWaiting();
        }
    }

    /// <summary>Of an utterance that the client was not told of: was it nothing?</summary>
    private bool Ignore(Turn turn)
    {
        if (!Backchannel.HasWords(turn.Transcript) || (interruption.State != ReplyState.None && bargeIn.WasNothing(turn.Transcript)))
        {
            if (turn.Transcript.Length > 0)
            {
                context.Events.Write(new ConversationEvent.Backchannel(turn.Transcript, turn.SpeechStart, turn.SpeechEnd));
            }

            turn.EndActivity("backchannel");
            LetGo();
            AnswerWaiting();
            Nothing();
            return true;
        }

        turn.Overheard = false;
        if (utterance() is not { Announced: true })
        {
            // Otherwise too late to tell of its beginning: the client hears of the next one already.
            context.Events.Write(new ConversationEvent.SpeechStarted(turn.ItemId, turn.SpeechStart));
            context.Events.Write(new ConversationEvent.SpeechStopped(turn.ItemId, turn.SpeechStoppedAt));
        }

        UserMessage.Commit(context, turn.ItemId);
        return false;
    }

    /// <summary>It did not interrupt the reply, or should not have.</summary>
    private bool IsNothing(Turn turn) =>
        turn.Requested is null && (turn.Undecided || interruption.Suspended) && bargeIn.WasNothing(turn.Transcript);

    /// <summary>Somebody spoke and waits for an answer. After an interruption that has no words the reply goes on: that is one.</summary>
    private bool IsUnclear(Turn turn, string heard) =>
        turn.Transcript.Length == 0 && !turn.Overheard && !turn.Undecided && !interruption.Suspended
        && turn.SpeechDuration >= LengthOfSpeech && SpokenWords.Of(heard).Length >= WordsOfSpeech;

    private void Decide(Turn turn)
    {
        if (turn.Undecided)
        {
            Interrupt();
        }

        interruption.Forget();
        if (turn.Requested is { } request)
        {
            queue.Answer(turn, request);
        }
        else if (context.Settings.TurnDetection is { CreateResponse: true } && !Speaking && responses.Current is null)
        {
            queue.Answer(turn, new ResponseRequest());
        }
        else
        {
            queue.Wait(turn);
            if (context.Agent.Mode == SilentMode.Name)
            {
                // No answer will come: the record need not wait for one.
                queue.RecordWaiting();
            }
        }
    }

    /// <summary>A cough, a door, a backchannel. Somebody may still wait for an answer to what was said before it.</summary>
    private void DecideNothing(Turn turn)
    {
        turn.EndActivity("no_words");
        LetGo();
        if (turn.Requested is not null)
        {
            responses.Say(Phrases.NotUnderstood(context.Agent.Language));
        }
        else if (Speaking || !interruption.Resume())
        {
            AnswerWaiting();
            Nothing();
        }
    }

    /// <summary>The held reply goes on, unless the user speaks again.</summary>
    private void LetGo()
    {
        if (utterance() is not { Undecided: true })
        {
            interruption.Release();
        }
    }
}
