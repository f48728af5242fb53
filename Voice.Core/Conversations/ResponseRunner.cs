using System.Diagnostics;
using Voice.Core.Modes;
using Voice.Core.Replies;
using Voice.Core.Safety;
using Voice.Core.Text;

namespace Voice.Core.Conversations;

/// <summary>Runs one response at a time and decides how each ends. Public members under the conversation's gate.</summary>
internal sealed class ResponseRunner(ConversationContext context, IConversationMode mode, TurnRecorder recorder) : IAsyncDisposable
{
    /// <summary>A client that truncates says so within a round trip; the record waits that long for it.</summary>
    private static readonly TimeSpan TruncateGrace = TimeSpan.FromMilliseconds(750);

    /// <summary>What the platform has to say waits for the reply; of more than this the oldest is dropped (it is on the screen).</summary>
    private const int MaxWaiting = 4;

    /// <summary>Older replies are not truncated: nothing of them can still be playing.</summary>
    private const int MaxPast = 8;

    private readonly ResponseWriter _writer = new(context);
    private readonly Queue<string> _waiting = new();
    private readonly List<Task> _tasks = [];
    private readonly List<ActiveResponse> _past = [];
    private ActiveResponse? _current;
    private ActiveResponse? _last;

    /// <summary>Its tools are the client's to run; the response that follows them goes on with it.</summary>
    private Turn? _open;

    public ActiveResponse? Current => _current;

    /// <summary>A response ended and none follows it. Called under the gate.</summary>
    public Action? Idle { get; set; }

    /// <summary>How long audio that was sent still plays.</summary>
    public TimeSpan Remaining => (_current ?? _last) is { } newest ? (newest.Ledger.Started ? newest.Ledger.Remaining : newest.PlaysAfter) : TimeSpan.Zero;

    public void Start(Turn? turn, ResponseRequest request, string userText)
    {
        if (_current is not null)
        {
            // What the platform was saying gives way to the answer; what it has yet to say comes after.
            string[] waiting = [.. _waiting];
            _waiting.Clear();
            Cancel("turn_detected");
            Array.ForEach(waiting, _waiting.Enqueue);
        }

        if (_open is not null && turn is null && request.Input is null)
        {
            // What the client's tools found is the rest of the answer.
            turn = _open;
            _open = null;
        }
        else
        {
            Settle();
            recorder.Release();
        }

        Begin(turn, request, mode, context.Agent.Mode, userText);
    }

    /// <summary>A turn whose tools the client never ran, or whose results it never asked about, is over with what was said.</summary>
    public void Settle()
    {
        if (_open is { } turn)
        {
            _open = null;
            Answered(turn, TimeSpan.Zero, ResponseStatus.Completed);
        }
    }

    /// <summary>Says a fixed text now, or after the reply that is running.</summary>
    public void Say(string text)
    {
        if (_current is not null)
        {
            _waiting.Enqueue(text);
            if (_waiting.Count > MaxWaiting)
            {
                _waiting.Dequeue();
            }

            return;
        }

        Begin(null, new ResponseRequest { MaxOutputTokens = ResponseRequest.Unlimited }, new ScriptedMode(text), "scripted", string.Empty);
    }

    /// <summary>Ends the running response; what was sent of it may still play.</summary>
    public bool Cancel(string reason)
    {
        if (_current is not { } response)
        {
            return false;
        }

        Finish(response, ResponseStatus.Cancelled, new ResponseEnd(reason), stop: true);
        return true;
    }

    /// <summary>The user speaks: the reply stops, and what was not heard of it is forgotten.</summary>
    /// <returns>The turn whose reply had not begun to be heard: it is still owed an answer.</returns>
    public Turn? Interrupt(string reason)
    {
        _waiting.Clear();
        if ((_current ?? _last) is not { } response)
        {
            return null;
        }

        if (response is { Active: true, Audio: true, Turn: { } owed, Ledger.Started: false })
        {
            response.SetAside = true;
            Cancel(reason);
            Cut(response, TimeSpan.Zero);
            return owed;
        }

        var playing = response.Audio && (response.Active || response.Ledger.Remaining > TimeSpan.Zero);
        if (playing)
        {
            response.Mute();
            response.Heard = response.Ledger.Played;
        }

        Cancel(reason);
        if (playing)
        {
            Cut(response, response.Ledger.Played);
            if (response.Turn is { } turn && turn != _open)
            {
                recorder.Hold(turn, TruncateGrace);
            }
        }

        return null;
    }

    /// <summary>The client says how much was heard.</summary>
    /// <returns>Null when it is so; otherwise what is wrong with it.</returns>
    public string? Truncate(string itemId, TimeSpan heard)
    {
        var response = _past.Append(_current).FirstOrDefault(one => one?.Find(itemId) is not null);
        if (response is not { Audio: true } || response.Find(itemId) is not { Message: not null } output)
        {
            return "Only a recent assistant message with audio can be truncated.";
        }

        var sent = End(response, output) - output.StartsAt;
        if (heard > sent)
        {
            return $"Audio content of {(long)sent.TotalMilliseconds} ms is already shorter than {(long)heard.TotalMilliseconds} ms.";
        }

        Cut(response, output.StartsAt + heard);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (context.Gate)
        {
            _waiting.Clear();
            Cancel("client_cancelled");
            Settle();
            running = [.. _tasks];
        }

        await Task.WhenAll(running);
    }

    /// <summary>Where the audio of a message ends in that of its response.</summary>
    private static TimeSpan End(ActiveResponse response, OutputItem output) =>
        response.Output.Skip(output.Index + 1).FirstOrDefault(later => later.Message is not null)?.StartsAt ?? response.Ledger.Sent;

    private void Cut(ActiveResponse response, TimeSpan heard)
    {
        foreach (var output in response.Output.Where(output => output.Message is not null))
        {
            var end = End(response, output);
            var text = response.Ledger.TextUntil(heard < end ? heard : end, output.StartsAt);
            if ((heard < end || text != output.Text) && context.History.Find(output.Item.Id) is ConversationItem.Message item)
            {
                context.History.Replace(item.WithText(text, ItemStatus.Incomplete));
            }
        }

        if (response.Turn is { Recorded: false } turn)
        {
            turn.SayFrom(response.Id, response.Ledger.TextUntil(heard));
        }

        if (!response.Active)
        {
            response.Ledger.Stop();
        }

        if (response.Ledger.Started)
        {
            context.Events.Write(new ConversationEvent.PlaybackCut(response.Ledger.Start + heard));
        }
    }

    private void Begin(Turn? turn, ResponseRequest request, IConversationMode with, string modeName, string userText)
    {
        var response = ResponseSetup.Response(context, turn, request, _last is { Ledger.Started: false } silent ? silent.After : _last?.Ledger);
        var (reply, voice) = ResponseSetup.Reply(context, response, ResponseSetup.History(context, request), userText);
        _current = response;
        _writer.Created(response);
        _tasks.RemoveAll(task => task.IsCompleted);
        _tasks.Add(response.Running = DoRunAsync(response, new ReplyPipeline(with, modeName, context.Synthesizer, context.Time), reply, voice));
    }

    private async Task DoRunAsync(ActiveResponse response, ReplyPipeline pipeline, ReplyRequest request, ReplyVoice voice)
    {
        // Off the receive loop, and under the turn's trace.
        await Task.Yield();
        Activity.Current = response.Turn?.Activity;
        var cancellation = response.Cancellation.Token;
        var sink = new ResponseSink(context, response, _writer, full => Finish(full, ResponseStatus.Incomplete, new ResponseEnd("max_output_tokens"), stop: true));
        ReplyOutcome outcome;
        Exception? exception = null;
        try
        {
            (outcome, exception) = await pipeline.RunAsync(request, voice, sink, cancellation);
            if (outcome == ReplyOutcome.ModeFailed && !cancellation.IsCancellationRequested)
            {
                var apology = context.Agent.Mode == "interpreter" ? Phrases.CannotTranslate(request.Language) : Phrases.CannotAnswer(request.Language);
                var spoken = new ReplyPipeline(new ScriptedMode(apology), "scripted", context.Synthesizer, context.Time);
                await spoken.RunAsync(request, voice, sink, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            outcome = ReplyOutcome.Completed;
        }

        lock (context.Gate)
        {
            if (response.Active)
            {
                var (status, end) = ResponseOutcome.Tell(context, response, outcome, exception);
                Finish(response, status, end, stop: false);
            }
        }
    }

    /// <param name="stop">Its reply is still being made.</param>
    private void Finish(ActiveResponse response, ResponseStatus status, ResponseEnd? end, bool stop)
    {
        response.End();
        if (status == ResponseStatus.Cancelled)
        {
            response.Mute();
        }

        _current = null;
        _last = response;
        _past.Insert(0, response);
        if (_past.Count > MaxPast)
        {
            _past.RemoveAt(MaxPast);
        }

        _writer.Done(response, status, end);
        if (response is { SetAside: false, Turn: { } turn })
        {
            turn.SayFrom(response.Id, response.Heard is { } heard ? response.Ledger.TextUntil(heard) : response.Text);
            if (status == ResponseStatus.Completed && response.AwaitsClient)
            {
                _open = turn;
            }
            else
            {
                Answered(turn, response.Ledger.Remaining, status);
            }
        }

        if (stop)
        {
            _tasks.Add(response.StopAsync());
        }

        if (_waiting.TryDequeue(out var text))
        {
            Say(text);
        }
        else
        {
            Idle?.Invoke();
        }
    }

    private void Answered(Turn turn, TimeSpan remaining, ResponseStatus status)
    {
        turn.CompletedAt = context.Time.GetUtcNow();
        turn.EndActivity(status.ToString());
        context.Events.Write(new ConversationEvent.TurnAnswered(turn.Summary(context.Agent.Language)));
        // Who is in danger is not made to wait for the end of a sentence.
        var urgent = CrisisLexicon.Assess(turn.Transcript, context.Agent.Language) is not null;
        recorder.Hold(turn, urgent ? TimeSpan.Zero : remaining);
    }
}
