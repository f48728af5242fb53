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

    private readonly TranscriptDeltas _transcripts = new();
    private readonly ServerEventWriter _writer = new();

    // By item: two replies may be spoken at once, one of them out of band. An entry goes with the end of the item's audio.
    private readonly Dictionary<string, OutputAudio> _audio = [];
    private readonly Queue<string> _replies = new();
    private volatile SessionState _state = state;
    private volatile bool _hasSpoken;
    private ushort _streams;

    public ResponseRate Rate { get; } = new(services.Options.ResponsesPerMinute, services.Time);

    /// <summary>Reply audio went to the client.</summary>
    public bool HasSpoken => _hasSpoken;

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
    public async Task GreetAsync()
    {
        await SendAsync(_writer.SessionCreated(_state));
        if (_state.Type == SessionState.Speaking)
        {
            await SendAsync(_writer.ConversationCreated(_state));
        }
    }

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
                _hasSpoken = true;
                await SendAudioAsync(audio, Pcm16.Duration(audio.Pcm.Length, ISpeechSynthesizer.SampleRate));
                break;
            case ConversationEvent.AudioDone done:
                await SendRestAsync(done);
                await SendAsync(_writer.Write(done, _state));
                break;
            case ConversationEvent.TranscriptPartial heard when _state is { Type: SessionState.Transcribing, Transcription: true }:
                await SendAsync(_writer.Write(heard, _state));
                await SendDeltaAsync(heard.ItemId, 0, _transcripts.Understood(heard.ItemId, heard.Text));
                break;
            case ConversationEvent.TranscriptCompleted completed when _state.Transcription:
                await SendDeltaAsync(completed.ItemId, completed.ContentIndex, _transcripts.Finish(completed.ItemId, completed.Text));
                await SendAsync(_writer.Write(completed, _state));
                break;
            case ConversationEvent.TranscriptFailed failed:
                _transcripts.Forget(failed.ItemId);
                await SendAsync(_writer.Write(failed, _state));
                break;
            case ConversationEvent.InputCleared:
                _transcripts.Clear();
                await SendAsync(_writer.Write(next, _state));
                break;
            case ConversationEvent.ResponseCreated:
                await SendAsync(_writer.Write(next, _state));
                await SendAsync(_writer.RateLimits(Rate));
                break;
            default:
                await SendAsync(_writer.Write(next, _state));
                break;
        }
    }

    private Task SendDeltaAsync(string itemId, int contentIndex, string delta) =>
        delta.Length == 0 ? Task.CompletedTask : SendAsync(_writer.TranscriptDelta(itemId, contentIndex, delta));

    private async Task SendRestAsync(ConversationEvent.AudioDone done)
    {
        if (!_audio.Remove(done.ItemId, out var part) || done.Cut)
        {
            return;
        }

        await SendPartAsync(part, done.ResponseId, done.ItemId, done.OutputIndex, part.Finish(), TimeSpan.Zero);
    }

    private async Task SendAudioAsync(ConversationEvent.AudioDelta audio, TimeSpan length)
    {
        if (!_audio.TryGetValue(audio.ItemId, out var part))
        {
            _audio[audio.ItemId] = part = new OutputAudio(_state.OutputFormat, _state.BinaryAudio ? ++_streams : null);
            if (part.Stream is { } stream)
            {
                await SendAsync(_writer.AudioStream(audio.ResponseId, audio.ItemId, audio.OutputIndex, stream, part.Format));
            }
        }

        await SendPartAsync(part, audio.ResponseId, audio.ItemId, audio.OutputIndex, part.Convert(audio.Pcm), length);
    }

    private Task SendPartAsync(OutputAudio part, string responseId, string itemId, int outputIndex, ReadOnlyMemory<byte> audio, TimeSpan length) =>
        audio.IsEmpty ? Task.CompletedTask
        : SendAsync(part.Stream is null ? _writer.AudioDelta(responseId, itemId, outputIndex, audio.Span) : _writer.AudioMessage(part, audio.Span), length);

    private async Task SendAsync(ReadOnlyMemory<byte> json, TimeSpan audio = default)
    {
        if (!json.IsEmpty)
        {
            await output.SendAsync(_writer.Number, json, audio);
        }

        _writer.Release();
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
                services.Metrics.TurnCompleted(turn.LatencyMs, turn.Speculated);
                break;
            case ConversationEvent.Backchannel:
                services.Metrics.Backchannel();
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
