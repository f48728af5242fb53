using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Voice.Core.Conversations;
using Voice.ServiceDefaults.Live;

namespace Voice.Api.Realtime.Wire;

/// <summary>Conversation events to JSON, one at a time. Not thread-safe.</summary>
internal sealed class ServerEventWriter : IDisposable
{
    private readonly EventBuffer _buffer = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Of the event that was written last, in its id.</summary>
    public long Number { get; private set; }

    /// <returns>Good until the next call; empty for events that are not the client's.</returns>
    public ReadOnlyMemory<byte> Write(ConversationEvent conversationEvent, SessionState session)
    {
        Begin();
        var told = conversationEvent switch
        {
            ConversationEvent.SpeechStarted e => Event("input_audio_buffer.speech_started", e.ItemId).Milliseconds("audio_start_ms", e.At),
            ConversationEvent.SpeechStopped e => Event("input_audio_buffer.speech_stopped", e.ItemId).Milliseconds("audio_end_ms", e.At),
            ConversationEvent.IdleTimeout e => Event("input_audio_buffer.timeout_triggered", e.ItemId).Milliseconds("audio_start_ms", e.Start).Milliseconds("audio_end_ms", e.End),
            ConversationEvent.InputCommitted e => Event("input_audio_buffer.committed", e.ItemId).String("previous_item_id", e.PreviousItemId),
            ConversationEvent.InputCleared => Event("input_audio_buffer.cleared"),
            ConversationEvent.ItemAdded e => Event("conversation.item.added").String("previous_item_id", e.PreviousItemId).Item("item", e.Item),
            ConversationEvent.ItemDone e => Event("conversation.item.done").String("previous_item_id", e.PreviousItemId).Item("item", e.Item),
            ConversationEvent.ItemRetrieved e => Event("conversation.item.retrieved").Item("item", e.Item),
            ConversationEvent.ItemTruncated e =>
                Event("conversation.item.truncated", e.ItemId).Number("content_index", e.ContentIndex).Milliseconds("audio_end_ms", e.AudioEnd),
            ConversationEvent.ItemDeleted e => Event("conversation.item.deleted", e.ItemId),
            ConversationEvent.TranscriptPartial e when session.Transcription => Event("voiceaspire.transcript.partial", e.ItemId).String("text", e.Text),
            ConversationEvent.Backchannel e =>
                Event("voiceaspire.backchannel").String("text", e.Text).Milliseconds("audio_start_ms", e.Start).Milliseconds("audio_end_ms", e.End),
            ConversationEvent.TranscriptCompleted e when session.Transcription => Completed(e),
            ConversationEvent.TranscriptFailed e when session.Transcription => Failed(e),
            ConversationEvent.ResponseCreated e => Event("response.created").Response("response", e.Response, session),
            ConversationEvent.ResponseDone e => Event("response.done").Response("response", e.Response, session),
            ConversationEvent.OutputItemAdded e =>
                Event("response.output_item.added").String("response_id", e.ResponseId).Number("output_index", e.OutputIndex).Item("item", e.Item),
            ConversationEvent.OutputItemDone e =>
                Event("response.output_item.done").String("response_id", e.ResponseId).Number("output_index", e.OutputIndex).Item("item", e.Item),
            ConversationEvent.ContentPartAdded e => Part("response.content_part.added", e.ResponseId, e.ItemId, e.OutputIndex).ContentPart(e.Audio, string.Empty),
            ConversationEvent.ContentPartDone e => Part("response.content_part.done", e.ResponseId, e.ItemId, e.OutputIndex).ContentPart(e.Audio, e.Text),
            ConversationEvent.TextDelta e =>
                Part(e.Spoken ? "response.output_audio_transcript.delta" : "response.output_text.delta", e.ResponseId, e.ItemId, e.OutputIndex).String("delta", e.Delta),
            ConversationEvent.TextDone e =>
                Part(e.Spoken ? "response.output_audio_transcript.done" : "response.output_text.done", e.ResponseId, e.ItemId, e.OutputIndex)
                    .String(e.Spoken ? "transcript" : "text", e.Text),
            ConversationEvent.AudioDone e => Part("response.output_audio.done", e.ResponseId, e.ItemId, e.OutputIndex),
            ConversationEvent.CallDelta e =>
                Output("response.function_call_arguments.delta", e.ResponseId, e.ItemId, e.OutputIndex).String("call_id", e.CallId).String("delta", e.Delta),
            ConversationEvent.CallDone e => Output("response.function_call_arguments.done", e.ResponseId, e.ItemId, e.OutputIndex)
                .String("call_id", e.CallId).String("name", e.Name).String("arguments", e.Arguments),
            ConversationEvent.ServerCallArguments e =>
                Output("response.mcp_call_arguments.done", e.ResponseId, e.ItemId, e.OutputIndex).String("arguments", e.Arguments),
            ConversationEvent.ServerCallStarted e => Output("response.mcp_call.in_progress", e.ResponseId, e.ItemId, e.OutputIndex),
            ConversationEvent.ServerCallEnded e => Output(e.Failed ? "response.mcp_call.failed" : "response.mcp_call.completed", e.ResponseId, e.ItemId, e.OutputIndex),
            ConversationEvent.Latency e => Event("voiceaspire.latency").Latency(e),
            ConversationEvent.TurnAnswered e => Event("voiceaspire.turn").Turn(e.Turn),
            ConversationEvent.Translation e => Event("voiceaspire.translation", e.ItemId)
                .String("source_language", e.From).String("target_language", e.To).String("text", e.Text),
            ConversationEvent.ProviderChanged e =>
                Event("voiceaspire.provider").String("stage", e.Stage).String("model", e.Model).String("state", e.State).String("code", e.Code),
            ConversationEvent.Error e => Error(e),
            ConversationEvent.Notice { Value: SessionState state } => Event("session.updated").Session("session", state),
            ConversationEvent.Notice { Value: EchoedAudio echo } => Echo(echo),
            ConversationEvent.Notice { Value: LiveIntervention intervention } => Event("voiceaspire.safety").Intervention(intervention),
            ConversationEvent.Notice { Value: Draining draining } => Event("voiceaspire.draining").Milliseconds("deadline_ms", draining.Deadline),
            _ => null,
        };
        return told is null ? ReadOnlyMemory<byte>.Empty : End();
    }

    public ReadOnlyMemory<byte> SessionCreated(SessionState session)
    {
        Begin();
        Event("session.created").Session("session", session);
        return End();
    }

    public ReadOnlyMemory<byte> ConversationCreated(SessionState session)
    {
        Begin();
        Event("conversation.created").WriteStartObject("conversation"u8);
        _json.String("id", WireJson.ConversationId(session)).String("object", "realtime.conversation");
        _json.WriteEndObject();
        return End();
    }

    public ReadOnlyMemory<byte> RateLimits(ResponseRate rate)
    {
        var (remaining, reset) = rate.Read();
        Begin();
        Event("rate_limits.updated").WriteStartArray("rate_limits"u8);
        _json.WriteStartObject();
        _json.String("name", "requests").Number("limit", rate.Limit).Number("remaining", remaining).Number("reset_seconds", Math.Round(reset.TotalSeconds, 3));
        _json.WriteEndObject();
        _json.WriteEndArray();
        return End();
    }

    /// <summary>Comes before <c>completed</c>: clients that only know the deltas get the text too.</summary>
    public ReadOnlyMemory<byte> TranscriptDelta(string itemId, int contentIndex, string delta)
    {
        Begin();
        Event("conversation.item.input_audio_transcription.delta", itemId).Number("content_index", contentIndex).String("delta", delta);
        return End();
    }

    public ReadOnlyMemory<byte> AudioDelta(string responseId, string itemId, int outputIndex, ReadOnlySpan<byte> pcm)
    {
        Begin();
        Part("response.output_audio.delta", responseId, itemId, outputIndex).WriteBase64String("delta"u8, pcm);
        return End();
    }

    /// <summary>Before the first binary message of a content part: which part it is.</summary>
    public ReadOnlyMemory<byte> AudioStream(string responseId, string itemId, int outputIndex, int stream, AudioFormat format)
    {
        Begin();
        Part("voiceaspire.output_audio", responseId, itemId, outputIndex).Number("stream", stream);
        AudioFormatJson.Write(_json, format);
        return End();
    }

    /// <summary>Counts among the events, and is none: a binary message.</summary>
    public ReadOnlyMemory<byte> AudioMessage(OutputAudio part, ReadOnlySpan<byte> audio)
    {
        _buffer.Clear();
        var message = _buffer.GetSpan(OutputAudio.HeaderLength + audio.Length);
        part.WriteHeader(message, ++Number, audio.Length);
        audio.CopyTo(message[OutputAudio.HeaderLength..]);
        _buffer.Advance(OutputAudio.HeaderLength + audio.Length);
        return _buffer.Written;
    }

    /// <summary>Stands between the event that the client had last and the next, and says so by its id: <c>event_41.1</c>.</summary>
    public ReadOnlyMemory<byte> Resumed(Resumption resumption)
    {
        Begin();
        _json.WriteStartObject();
        _json.String("type", "voiceaspire.resumed").String("event_id", $"event_{resumption.After}.1");
        _json.WriteStartObject("session"u8);
        _json.String("id", resumption.SessionId);
        _json.WriteEndObject();
        _json.Number("replayed", resumption.Replayed).Number("lost_events", resumption.LostEvents)
            .Milliseconds("lost_audio_ms", resumption.LostAudio).Milliseconds("input_audio_ms", resumption.Input);
        return End();
    }

    public ReadOnlyMemory<byte> Refusal(ConnectionRefusal refusal)
    {
        Begin();
        Event("error");
        _json.WriteStartObject("error"u8);
        _json.String("type", refusal.Type).String("code", refusal.Code).String("message", refusal.Message).String("param", null).String("event_id", null);
        if (refusal.RetryAfter is { } wait)
        {
            _json.Milliseconds("retry_after_ms", wait);
        }

        _json.WriteEndObject();
        return End();
    }

    /// <summary>The event that was written last has been sent; what it took is given back.</summary>
    public void Release() => _buffer.Release();

    public void Dispose()
    {
        _buffer.Release();
        _json.Dispose();
    }

    private void Begin()
    {
        _buffer.Clear();
        _json.Reset(_buffer);
    }

    /// <summary><c>event_</c> and a number that grows by one from event to event: what a client that resumes says it has.</summary>
    private void EventId()
    {
        Span<byte> id = stackalloc byte[32];
        _ = Utf8.TryWrite(id, $"event_{++Number}", out var length);
        _json.WriteString("event_id"u8, id[..length]);
    }

    private ReadOnlyMemory<byte> End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.Written;
    }

    private Utf8JsonWriter Event(string type, string? itemId = null)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        EventId();
        if (itemId is not null)
        {
            _json.WriteString("item_id"u8, itemId);
        }

        return _json;
    }

    private Utf8JsonWriter Output(string type, string responseId, string itemId, int outputIndex) =>
        Event(type, itemId).String("response_id", responseId).Number("output_index", outputIndex);

    private Utf8JsonWriter Part(string type, string responseId, string itemId, int outputIndex) =>
        Output(type, responseId, itemId, outputIndex).Number("content_index", 0);

    private Utf8JsonWriter Completed(ConversationEvent.TranscriptCompleted completed)
    {
        Event("conversation.item.input_audio_transcription.completed", completed.ItemId).Number("content_index", completed.ContentIndex).String("transcript", completed.Text);
        if (completed.Confidence is { } confidence)
        {
            _json.WriteNumber("confidence"u8, Math.Round(confidence, 4));
        }

        _json.WriteStartObject("usage"u8);
        _json.WriteString("type"u8, "duration"u8);
        // Whole seconds, as they are billed: OpenAI's client for .NET takes a fraction for broken JSON.
        _json.WriteNumber("seconds"u8, (long)Math.Ceiling(completed.Duration.TotalSeconds));
        _json.WriteEndObject();
        return _json;
    }

    private Utf8JsonWriter Echo(EchoedAudio echo)
    {
        Event("voiceaspire.echo").WriteBase64String("audio"u8, echo.Pcm.Span);
        return _json;
    }

    private Utf8JsonWriter Failed(ConversationEvent.TranscriptFailed failed)
    {
        Event("conversation.item.input_audio_transcription.failed", failed.ItemId).Number("content_index", failed.ContentIndex);
        _json.WriteStartObject("error"u8);
        _json.String("type", "transcription_error").String("code", failed.Code).String("message", failed.Message).String("param", null);
        _json.WriteEndObject();
        return _json;
    }

    private Utf8JsonWriter Error(ConversationEvent.Error error)
    {
        Event("error");
        _json.WriteStartObject("error"u8);
        _json.String("type", error.Type).String("code", error.Code).String("message", error.Message).String("param", error.Param).String("event_id", error.ClientEventId);
        _json.WriteEndObject();
        return _json;
    }
}
