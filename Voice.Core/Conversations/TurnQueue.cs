namespace Voice.Core.Conversations;

/// <summary>Turns with words: answered now, or when the user has stopped and the reply before has ended. Under the conversation's gate.</summary>
internal sealed class TurnQueue(
    ConversationContext context, ResponseRunner responses, ReplyInterruption interruption, TurnRecorder recorder, Speculation speculation)
{
    private int _sequence;

    /// <summary>Understood but not answered, because the user went on speaking or another reply was running.</summary>
    private Turn? _waiting;

    /// <summary>Answers now, and records what waited before it without an answer.</summary>
    public void Answer(Turn turn, ResponseRequest request)
    {
        interruption.Forget();
        if (_waiting != turn)
        {
            RecordWaiting();
        }

        _waiting = null;
        Number(turn);
        responses.Start(turn, request, turn.Transcript, speculation.Take(turn, request));
    }

    /// <summary>A reply for the newest user message, which is not being transcribed.</summary>
    /// <param name="clock">Now, on the input audio clock.</param>
    public void Respond(ResponseRequest request, TimeSpan clock)
    {
        interruption.Forget();
        var last = context.History.Snapshot().OfType<ConversationItem.Message>().LastOrDefault(item => item.Role == ItemRole.User);
        if (_waiting is { } understood && understood.ItemId == last?.Id)
        {
            Answer(understood, request);
            return;
        }

        if (last is null || last.Id != context.History.LastId)
        {
            // Nothing new was said: a reply all the same, but no turn of the user's.
            responses.Start(null, request, last?.Text ?? string.Empty);
            return;
        }

        var typed = new Turn(context.NewId("turn"), last.Id, context.Time)
        {
            Transcript = last.Text, TranscribedAt = context.Time.GetTimestamp(), SpeechEnd = clock,
        };
        typed.StartActivity(context.Agent.Mode);
        Answer(typed, request);
    }

    /// <summary>Later, in place of the one that waits now.</summary>
    public void Wait(Turn turn)
    {
        RecordWaiting();
        Number(turn);
        _waiting = turn;
    }

    /// <summary>Its reply was set aside before anything of it was heard. A later turn that waits already will be answered for both.</summary>
    public void Owe(Turn? turn)
    {
        if (turn is null)
        {
            return;
        }

        var later = _waiting;
        _waiting = turn;
        if (later is not null)
        {
            RecordWaiting();
            _waiting = later;
        }
    }

    /// <summary>The user has stopped, or the reply before has: now what waited is answered.</summary>
    public void AnswerWaiting()
    {
        if (_waiting is { } waiting)
        {
            Answer(waiting, new ResponseRequest());
        }
    }

    /// <summary>What was understood and never answered still is part of the record.</summary>
    public void RecordWaiting()
    {
        if (_waiting is { } turn)
        {
            _waiting = null;
            responses.Tell(turn, ResponseRunner.NotAnswered);
            recorder.Release();
            recorder.Record(turn);
        }
    }

    /// <summary>What was said and could not be understood is part of the record: a turn without words, and without a reply.</summary>
    public void RecordFailed(Turn turn)
    {
        Number(turn);
        responses.Tell(turn, ResponseRunner.NotUnderstood);
        recorder.Record(turn);
    }

    private void Number(Turn turn)
    {
        if (turn.Sequence == 0)
        {
            turn.Sequence = ++_sequence;
        }
    }
}
