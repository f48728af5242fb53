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

    private readonly ResponseWriter _writer = new(context);
    private readonly Queue<string> _waiting = new();
    private readonly List<Task> _tasks = [];
    private ActiveResponse? _current;
    private ActiveResponse? _last;

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

        recorder.Release();
        Begin(turn, request, mode, context.Agent.Mode, userText);
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

        Begin(null, new ResponseRequest(), new ScriptedMode(text), "scripted", string.Empty);
    }

    /// <summary>Ends the running response; what was sent of it may still play.</summary>
    public bool Cancel(string reason)
    {
        if (_current is not { } response)
        {
            return false;
        }

        Finish(response, ResponseStatus.Cancelled, new ResponseEnd(reason));
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
            if (response.Turn is { } turn)
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
        var response = _current?.ItemId == itemId ? _current : _last?.ItemId == itemId ? _last : null;
        if (response is not { Audio: true })
        {
            return "Only the last assistant message with audio can be truncated.";
        }

        if (heard > response.Ledger.Sent)
        {
            return $"Audio content of {(long)response.Ledger.Sent.TotalMilliseconds} ms is already shorter than {(long)heard.TotalMilliseconds} ms.";
        }

        Cut(response, heard);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (context.Gate)
        {
            _waiting.Clear();
            Cancel("client_cancelled");
            running = [.. _tasks];
        }

        await Task.WhenAll(running);
    }

    private void Cut(ActiveResponse response, TimeSpan heard)
    {
        var text = response.Ledger.TextUntil(heard);
        if (response.ItemId is { } itemId && context.History.Find(itemId) is { } item)
        {
            context.History.Replace(item.WithText(text, ItemStatus.Incomplete));
        }

        if (response.Turn is { Recorded: false } turn)
        {
            turn.Reply = text;
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
        var settings = context.Settings;
        var response = new ActiveResponse(context.NewId("resp"), turn, request.Audio ?? settings.Audio, request, context.Playback)
        {
            After = _last is { Ledger.Started: false } silent ? silent.After : _last?.Ledger,
        };
        var history = context.History.Snapshot();
        response.InputTokens = history.Sum(item => (item.Text.Length + 3) / 4);
        _current = response;
        _writer.Created(response);
        var reply = new ReplyRequest(userText, history, request.Instructions ?? settings.Instructions, context.Agent.Language);
        var voice = new ReplyVoice(response.Audio, request.Voice ?? settings.Voice ?? context.Agent.Voice, context.Agent.SpeechModel, settings.Speed);
        _tasks.RemoveAll(task => task.IsCompleted);
        _tasks.Add(response.Running = DoRunAsync(response, new ReplyPipeline(with, modeName, context.Synthesizer, context.Time), reply, voice));
    }

    private async Task DoRunAsync(ActiveResponse response, ReplyPipeline pipeline, ReplyRequest request, ReplyVoice voice)
    {
        // Off the receive loop, and under the turn's trace.
        await Task.Yield();
        Activity.Current = response.Turn?.Activity;
        var cancellation = response.Cancellation.Token;
        var sink = new ResponseSink(context, response, _writer);
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
                Conclude(response, outcome, exception);
            }
        }
    }

    /// <summary>Callbacks of the token are providers' code, and the caller holds the gate.</summary>
    private static async Task CancelLaterAsync(CancellationTokenSource cancellation)
    {
        await Task.Yield();
        cancellation.Cancel();
    }

    private void Conclude(ActiveResponse response, ReplyOutcome outcome, Exception? exception)
    {
        switch (outcome)
        {
            case ReplyOutcome.Completed:
                Finish(response, ResponseStatus.Completed, null);
                break;
            case ReplyOutcome.Filtered:
                Finish(response, ResponseStatus.Incomplete, new ResponseEnd("content_filter"));
                break;
            default:
                var end = ProviderFailure.Describe(outcome, exception!);
                context.Events.Write(new ConversationEvent.Trouble(outcome == ReplyOutcome.SpeechFailed ? "speech" : "reply", exception!));
                context.Events.Write(new ConversationEvent.Error("server_error", end.ErrorCode!, end.Message!, null, response.Request.ClientEventId));
                Finish(response, ResponseStatus.Failed, end);
                break;
        }
    }

    private void Finish(ActiveResponse response, ResponseStatus status, ResponseEnd? end)
    {
        response.End();
        if (status == ResponseStatus.Cancelled)
        {
            response.Mute();
        }

        _current = null;
        _last = response;
        _writer.Done(response, status, end);
        if (response is { SetAside: false, Turn: { } turn })
        {
            turn.Reply = response.Heard is { } heard ? response.Ledger.TextUntil(heard) : response.Text;
            turn.CompletedAt = context.Time.GetUtcNow();
            turn.EndActivity(status.ToString());
            context.Events.Write(new ConversationEvent.TurnAnswered(turn.Summary(context.Agent.Language)));
            // Who is in danger is not made to wait for the end of a sentence.
            var urgent = CrisisLexicon.Assess(turn.Transcript, context.Agent.Language) is not null;
            recorder.Hold(turn, urgent ? TimeSpan.Zero : response.Ledger.Remaining);
        }

        if (status == ResponseStatus.Cancelled)
        {
            _tasks.Add(CancelLaterAsync(response.Cancellation));
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
}
