using System.Net.WebSockets;
using Voice.Api.Realtime.Wire;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime;

/// <summary>The send loop: what the conversation tells goes to the client, the record and the metrics. Records on when the client is gone.</summary>
internal sealed partial class RealtimeSender(
    RealtimeSocket socket, ConversationEvents events, SessionRecorder recorder, SessionState state, RealtimeServices services)
{
    private const int RememberedReplies = 4;

    private readonly ServerEventWriter _writer = new(services.Time);
    private readonly OutputAudio _audio = new();
    private readonly Queue<string> _replies = new();
    private volatile SessionState _state = state;
    private bool _deaf;

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
    public Task GreetAsync(CancellationToken cancellationToken) => SendAsync(_writer.SessionCreated(_state), cancellationToken);

    public async Task<EndReason> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var next in events.ReadAllAsync(CancellationToken.None))
        {
            Record(next);
            Measure(next);
            if (!_deaf)
            {
                await SendAsync(next, cancellationToken);
            }
        }

        _writer.Dispose();
        // Ended by the other loop, unless the client stopped reading.
        return EndReason.ConnectionLost;
    }

    private async Task SendAsync(ConversationEvent next, CancellationToken cancellationToken)
    {
        switch (next)
        {
            case ConversationEvent.AudioDelta audio:
                await SendAsync(_writer.AudioDelta(audio.ResponseId, audio.ItemId, _audio.Convert(audio.Pcm.Span, _state.OutputRate)), cancellationToken);
                break;
            case ConversationEvent.AudioDone done:
                await SendRestAsync(done, cancellationToken);
                await SendAsync(_writer.Write(done, _state), cancellationToken);
                break;
            case ConversationEvent.TranscriptCompleted { Text.Length: > 0 } completed when _state.Transcription:
                await SendAsync(_writer.TranscriptDelta(completed), cancellationToken);
                await SendAsync(_writer.Write(completed, _state), cancellationToken);
                break;
            default:
                await SendAsync(_writer.Write(next, _state), cancellationToken);
                break;
        }
    }

    private Task SendRestAsync(ConversationEvent.AudioDone done, CancellationToken cancellationToken)
    {
        var rest = _audio.Finish();
        return rest.IsEmpty ? Task.CompletedTask : SendAsync(_writer.AudioDelta(done.ResponseId, done.ItemId, rest), cancellationToken);
    }

    private async Task SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (json.IsEmpty || _deaf)
        {
            return;
        }

        try
        {
            await socket.SendAsync(json, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The receive loop finds out too and ends the session; until then what is told is recorded.
            _deaf = true;
        }
    }

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
            foreach (var item in response.Output)
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
