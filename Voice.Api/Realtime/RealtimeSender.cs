using Voice.Api.Realtime.Wire;
using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Providers;

namespace Voice.Api.Realtime;

/// <summary>The send loop: what the conversation tells goes to the client, the record and the metrics. Records on when the client is gone.</summary>
internal sealed partial class RealtimeSender(
    SessionOutput output, ConversationEvents events, SessionRecorder recorder, SessionState state, RealtimeServices services)
{
    private const int RememberedReplies = 4;

    private readonly ServerEventWriter _writer = new();
    private readonly OutputAudio _audio = new();
    private readonly Queue<string> _replies = new();
    private volatile SessionState _state = state;

    public void Update(SessionState updated) => _state = updated;

    /// <summary>Whether the newest replies said exactly this.</summary>
    public bool SaidRecently(string text)
    {
        lock (_replies)
        {
            return _replies.Contains(text);
        }
    }

    /// <summary><c>session.created</c> is always first.</summary>
    public Task GreetAsync() => SendAsync(_writer.SessionCreated(_state));

    /// <summary>Until the conversation has ended, or its client stopped reading.</summary>
    public async Task RunAsync()
    {
        await foreach (var next in events.ReadAllAsync(CancellationToken.None))
        {
            Record(next);
            Measure(next);
            await SendAsync(next);
        }

        _writer.Dispose();
    }

    private async Task SendAsync(ConversationEvent next)
    {
        switch (next)
        {
            case ConversationEvent.AudioDelta audio:
                await SendAsync(
                    _writer.AudioDelta(audio.ResponseId, audio.ItemId, audio.OutputIndex, _audio.Convert(audio.Pcm.Span, _state.OutputRate)),
                    Pcm16.Duration(audio.Pcm.Length, ISpeechSynthesizer.SampleRate));
                break;
            case ConversationEvent.AudioDone done:
                await SendRestAsync(done);
                await SendAsync(_writer.Write(done, _state));
                break;
            case ConversationEvent.TranscriptCompleted { Text.Length: > 0 } completed when _state.Transcription:
                await SendAsync(_writer.TranscriptDelta(completed));
                await SendAsync(_writer.Write(completed, _state));
                break;
            default:
                await SendAsync(_writer.Write(next, _state));
                break;
        }
    }

    private Task SendRestAsync(ConversationEvent.AudioDone done)
    {
        var rest = _audio.Finish();
        return rest.IsEmpty ? Task.CompletedTask : SendAsync(_writer.AudioDelta(done.ResponseId, done.ItemId, done.OutputIndex, rest));
    }

    private Task SendAsync(ReadOnlyMemory<byte> json, TimeSpan audio = default) =>
        json.IsEmpty ? Task.CompletedTask : output.SendAsync(_writer.Number, json, audio);

    private void Record(ConversationEvent next)
    {
        try
        {
            recorder.Record(next);
        }
        catch (InvalidOperationException exception)
        {
            Log.NotRecorded(services.Logger, _state.Id, exception);
        }
    }

    private void Measure(ConversationEvent next)
    {
        switch (next)
        {
            case ConversationEvent.TurnAnswered { Turn: var turn }:
                services.Metrics.TurnCompleted(turn.LatencyMs);
                break;
            case ConversationEvent.ResponseDone { Response: var response }:
                Remember(response);
                break;
            case ConversationEvent.Trouble trouble:
                services.Metrics.Error(trouble.Stage);
                Log.Trouble(services.Logger, _state.Id, trouble.Stage, trouble.Exception);
                break;
        }
    }

    private void Remember(ResponseState response)
    {
        if (response is { Status: ResponseStatus.Cancelled, End.Reason: "turn_detected" })
        {
            services.Metrics.Interrupted();
        }

        lock (_replies)
        {
            foreach (var item in response.Output.OfType<ConversationItem.Message>())
            {
                _replies.Enqueue(item.Text);
            }

            while (_replies.Count > RememberedReplies)
            {
                _replies.Dequeue();
            }
        }
    }
}
