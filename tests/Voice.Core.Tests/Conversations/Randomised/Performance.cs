using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Replay;
using Voice.Core.Tests.Turns;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Plays a script to the engine in virtual time, and writes down what it did.</summary>
internal sealed class Performance
{
    private const int Rate = 16_000;
    private static readonly short[] Sound = Signals.Speech(12, -20);
    private static readonly short[] Nothing = new short[Rate];

    private readonly ManualTimeProvider _time = new();
    private readonly VirtualThread _thread = new();
    private readonly Script _script;
    private readonly List<Entry> _log = [];
    private readonly List<string> _wrong = [];
    private readonly List<string> _items = [];
    private bool _deaf;
    private TaskCompletionSource? _pause;
    private int _ids;

    private Performance(Script script)
    {
        _script = script;
        _deaf = script.Deaf;
        Transcriber = new FickleTranscriber(_time);
        Model = new FickleModel(_time);
        Voice = new FickleVoice(_time);
        Tools = new FickleTools(_time);
        Conversation = new Conversation(
            Scene.Agent(script.Mode, script.Mode == "interpreter" ? "es" : null) with { Tools = [FickleTools.Server] },
            script.Settings with { InputSampleRate = Rate, Tools = [FickleTools.Client] },
            new ConversationProviders(Transcriber, Model, Voice, new ScriptedTranslator()) { Tools = Tools }, _time, prefix => $"{prefix}_{++_ids}");
    }

    public Conversation Conversation { get; }

    public FickleTranscriber Transcriber { get; }

    public FickleModel Model { get; }

    public FickleVoice Voice { get; }

    public FickleTools Tools { get; }

    /// <summary>Of calls that are the client's to answer.</summary>
    public List<string> ClientCalls { get; } = [];

    public List<string> Responses { get; } = [];

    public static Recording Of(Script script)
    {
        var before = SynchronizationContext.Current;
        var performance = new Performance(script);
        SynchronizationContext.SetSynchronizationContext(performance._thread);
        try
        {
            return performance.Play();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <param name="back">From the end; of those there were, deleted ones too.</param>
    public string Item(int back) => back < _items.Count ? _items[^(back + 1)] : "item_wrong";

    public void Wait(TimeSpan time)
    {
        _thread.RunUntilIdle();
        var end = _time.GetUtcNow() + time;
        for (var fired = 0; _time.NextDue is { } due && due <= end; fired++)
        {
            Assert.True(fired < 100_000, "Timers set timers for ever.");
            _time.Advance(due - _time.GetUtcNow());
            _thread.RunUntilIdle();
        }

        _time.Advance(end - _time.GetUtcNow());
        _thread.RunUntilIdle();
    }

    /// <param name="from">Null for silence.</param>
    public void Feed(int milliseconds, int chunk, int? from)
    {
        var position = (from ?? 0) * (Rate / 1_000);
        for (var left = milliseconds * (Rate / 1_000); left > 0; left -= chunk)
        {
            var length = Math.Min(chunk, left);
            Wait(TimeSpan.FromSeconds((double)length / Rate));
            for (var sent = 0; sent < length;)
            {
                var source = from is null ? Nothing : Sound;
                var start = from is null ? 0 : (position + sent) % Sound.Length;
                var piece = Math.Min(length - sent, source.Length - start);
                Conversation.AppendAudio(Pcm16.Bytes(source.AsSpan(start, piece)));
                sent += piece;
            }

            position += length;
            _thread.RunUntilIdle();
        }
    }

    public void Reading(bool on)
    {
        if (on && !_deaf)
        {
            _pause?.TrySetResult();
            _pause = null;
        }
        else
        {
            _pause ??= new TaskCompletionSource();
        }
    }

    private Recording Play()
    {
        Reading(on: !_script.Deaf);
        var reading = ReadAsync();
        Conversation.Start(_script.Greets);
        _thread.RunUntilIdle();
        foreach (var step in _script.Steps)
        {
            _log.Add(new Entry(_time.GetUtcNow(), null, step));
            try
            {
                step.Play(this);
            }
            catch (Exception exception)
            {
                _wrong.Add($"{step} threw {exception}");
            }

            _thread.RunUntilIdle();
        }

        var settled = _log.Count;
        if (_script.Settles)
        {
            Settle();
            settled = _log.Count;
            Left("after it settled", transcriber: 1);
        }

        End(reading);
        return new Recording(_script, _log, settled, Model.Calls, _wrong);
    }

    private void Settle()
    {
        Reading(on: true);
        Model.Does = new Step.Model("All is well.", 10, 5, null, 0, false, null);
        Voice.Does = new Step.Voice(10, 5, 2_400, null, 0, false);
        Transcriber.Does = new Step.Hear("thank you", Step.Outcome.Final, 20, 0, false, false);
        _log.Add(new Entry(_time.GetUtcNow(), null, new Step.Wait(0)));
        // Stalled providers have no limit of their own here: as with a real client, somebody gives up.
        Feed(3_000, 1_600, null);
        Wait(TimeSpan.FromSeconds(20));
        // Nobody is asked again and again whether they are there.
        Conversation.Update(settings => settings with { TurnDetection = settings.TurnDetection is { } turns ? turns with { IdleTimeout = null } : null });
        Conversation.CancelResponse(null, "ev");
        _thread.RunUntilIdle();
        Wait(TimeSpan.FromSeconds(60));
        if (_script.Mode == "transcription")
        {
            return;
        }

        // What the model is given now is what the engine remembers.
        Conversation.CreateItem(new ConversationItem.Message("item_last", ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputText, "What did I say?")]), null, "ev");
        Conversation.CreateResponse(new ResponseRequest(Audio: false, ClientEventId: "ev"));
        Wait(TimeSpan.FromSeconds(3));
    }

    private void End(Task reading)
    {
        if (Conversation.Events.Waiting > 2_048)
        {
            _wrong.Add($"{Conversation.Events.Waiting} events wait.");
        }

        var ending = Conversation.DisposeAsync().AsTask();
        _thread.RunUntilIdle();
        if (!ending.IsCompleted)
        {
            _wrong.Add("The conversation did not end.");
            return;
        }

        // A client's last words may arrive late.
        var calls = Model.Calls.Count;
        Conversation.CommitAudio("late");
        Conversation.ClearAudio();
        Conversation.AppendAudio(Pcm16.Bytes(Sound.AsSpan(0, 1_600)));
        Conversation.CreateResponse(new ResponseRequest(ClientEventId: "late"));
        Conversation.Say("Too late.");
        Conversation.CreateItem(new ConversationItem.Message("", ItemRole.User, ItemStatus.Completed, []), null, "late");
        Conversation.CancelResponse(null, "late");
        _deaf = false;
        Reading(on: true);
        _thread.RunUntilIdle();
        Wait(TimeSpan.FromSeconds(20));
        if (!reading.IsCompletedSuccessfully)
        {
            _wrong.Add($"The events did not end: {reading.Status} {reading.Exception?.InnerException}");
        }

        Left("after it ended", transcriber: 0);
        if (Model.Calls.Count > calls || (Conversation.Events.Overflowed && !_script.Deaf))
        {
            _wrong.Add($"{Model.Calls.Count - calls} model calls began after the end; overflowed: {Conversation.Events.Overflowed}.");
        }

        if (_time.Waiting > 0)
        {
            _wrong.Add($"{_time.Waiting} timers are left after it ended.");
        }
    }

    private void Left(string when, int transcriber)
    {
        if (Model.Running + Voice.Running + Tools.Running > 0 || Transcriber.Running > transcriber)
        {
            _wrong.Add($"Left {when}: {Model.Running} model calls, {Voice.Running} syntheses, {Tools.Running} tools, {Transcriber.Running} transcriptions.");
        }
    }

    private async Task ReadAsync()
    {
        await foreach (var next in Conversation.Events.ReadAllAsync(CancellationToken.None))
        {
            _log.Add(new Entry(_time.GetUtcNow(), next, null));
            switch (next)
            {
                case ConversationEvent.ResponseCreated created:
                    Responses.Add(created.Response.Id);
                    break;
                case ConversationEvent.CallDone call:
                    ClientCalls.Add(call.CallId);
                    break;
                case ConversationEvent.ItemAdded added:
                    _items.Add(added.Item.Id);
                    break;
            }

            if (_pause is { } pause)
            {
                await pause.Task;
            }
        }
    }
}
