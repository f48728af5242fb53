using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Voice.Core.Providers;
using Voice.Inference.Engines;
using Voice.ServiceDefaults;

namespace Voice.Inference.Realtime;

/// <summary>
/// One transcription session. The receive loop reads client events and feeds the engine; the send loop passes the engine's events on.
/// A fault of the client's is an <c>error</c> event and the session goes on; the end of either loop ends the other.
/// </summary>
internal sealed partial class RealtimeTranscription(
    RealtimeConnection connection, EngineCatalog engines, string? organizationId, TimeProvider time, ILogger<RealtimeTranscription> logger) : IAsyncDisposable
{
    /// <summary>Commits that may wait for their transcripts at a time.</summary>
    private const int MaxPending = 64;

    private readonly string _id = Ids.New("sess", time);
    private readonly ConcurrentQueue<PendingUtterance> _pending = new();
    private TranscriptionSettings _settings = TranscriptionSettings.Default;
    private EngineRoute<ILiveTranscriber>? _route;
    private ILiveTranscription? _stream;
    private Task _sending = Task.CompletedTask;
    private string? _previousItem;
    private long _appended;

    // Written by the receive loop, read by the send loop.
    private volatile UtteranceCount _ended = new(0, 0);

    /// <summary>The length of what the client has sent, spoken or silent; whether it was committed makes no difference to the work.</summary>
    public decimal SecondsHeard { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await connection.SendAsync(new { type = "session.created", event_id = connection.NewEventId(), session = _settings.Describe(_id) }, stop.Token);
            while (await connection.ReceiveAsync(stop.Token) is { } received)
            {
                await HandleAsync(received.Binary, received.Message, stop.Token);
            }

            await connection.CloseAsync(WebSocketCloseStatus.NormalClosure, "OK");
        }
        catch (OperationCanceledException)
        {
            await connection.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "The server stops.");
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is { } stream)
        {
            _stream = null;
            await stream.DisposeAsync();
        }

        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task HandleAsync(bool binary, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        string? eventId = null;
        try
        {
            if (binary)
            {
                await AppendAsync(message, null, cancellationToken);
                return;
            }

            using var document = Parse(message);
            if (document is null || document.RootElement.ValueKind != JsonValueKind.Object || Text(document.RootElement, "type") is not { } type)
            {
                await connection.SendErrorAsync("invalid_json", "An event is a JSON object with a string 'type'.", null, null, cancellationToken);
                return;
            }

            eventId = Text(document.RootElement, "event_id");
            await HandleAsync(type, eventId, document.RootElement, cancellationToken);
        }
        catch (Exception failure) when (EngineFailure.From(failure) is { } known)
        {
            await connection.SendErrorAsync(known.Code, known.Message, known.Param, eventId, cancellationToken);
        }
    }

    private async Task HandleAsync(string type, string? eventId, JsonElement message, CancellationToken cancellationToken)
    {
        switch (type)
        {
            case "session.update":
                await UpdateAsync(message, eventId, cancellationToken);
                break;
            case "input_audio_buffer.append":
                if (Decode(Text(message, "audio")) is { } pcm)
                {
                    await AppendAsync(pcm, eventId, cancellationToken);
                }
                else
                {
                    await connection.SendErrorAsync("invalid_value", "'audio' must be base64.", "audio", eventId, cancellationToken);
                }

                break;
            case "input_audio_buffer.commit":
                await CommitAsync(eventId, Text(message, "traceparent"), cancellationToken);
                break;
            case "input_audio_buffer.clear":
                _appended = 0;
                _ended = new UtteranceCount(_ended.Stream + 1, _ended.Client + 1);
                await (_stream?.ClearAsync(cancellationToken) ?? ValueTask.CompletedTask);
                await connection.SendAsync(new { type = "input_audio_buffer.cleared", event_id = connection.NewEventId() }, cancellationToken);
                break;
            default:
                await connection.SendErrorAsync("unknown_event", $"This server does not know the event type '{type[..Math.Min(type.Length, 64)]}'.", "type", eventId, cancellationToken);
                break;
        }
    }

    private async Task UpdateAsync(JsonElement message, string? eventId, CancellationToken cancellationToken)
    {
        if (!message.TryGetProperty("session", out var session) || _settings.With(session) is not { Settings: { } settings, Problem: null })
        {
            var (_, problem, param) = message.TryGetProperty("session", out session) ? _settings.With(session) : (null, "'session' is required.", "session");
            await connection.SendErrorAsync("invalid_value", problem!, param, eventId, cancellationToken);
            return;
        }

        if (_stream is not null && settings != _settings && (_appended > 0 || !_pending.IsEmpty))
        {
            await connection.SendErrorAsync("session_busy", "The session cannot change while an utterance is open or waits for its transcript.", "session", eventId, cancellationToken);
            return;
        }

        if (_stream is null || settings != _settings)
        {
            await OpenAsync(settings, cancellationToken);
        }

        await connection.SendAsync(new { type = "session.updated", event_id = connection.NewEventId(), session = _settings.Describe(_id) }, cancellationToken);
    }

    private async Task OpenAsync(TranscriptionSettings settings, CancellationToken cancellationToken)
    {
        var route = await engines.TranscriberAsync(new EngineAsk(settings.Model, settings.Language, organizationId), cancellationToken);
        await DisposeAsync();
        _stream = await route.Engine.StartAsync(new TranscriptionOptions(null, settings.Language, settings.Prompt, settings.SampleRate), cancellationToken);
        (_settings, _route, _appended) = (settings, route, 0);
        _ended = _ended with { Stream = 0 };
        _sending = SendAllAsync(_stream, cancellationToken);
    }

    private async Task AppendAsync(ReadOnlyMemory<byte> pcm, string? eventId, CancellationToken cancellationToken)
    {
        if (pcm.Length % sizeof(short) != 0)
        {
            await connection.SendErrorAsync("invalid_audio", "Audio must be whole 16-bit samples: an even number of bytes.", "audio", eventId, cancellationToken);
            return;
        }

        if (_stream is null)
        {
            await OpenAsync(_settings, cancellationToken);
        }

        _appended += pcm.Length;
        SecondsHeard += (decimal)pcm.Length / sizeof(short) / _settings.SampleRate;
        await _stream!.AppendAsync(pcm, cancellationToken);
    }

    private async Task CommitAsync(string? eventId, string? traceParent, CancellationToken cancellationToken)
    {
        // Also where it is refused: the client counts what it sent.
        _ended = _ended with { Client = _ended.Client + 1 };
        if (_appended == 0)
        {
            await connection.SendErrorAsync("input_audio_buffer_commit_empty", "There is no audio to commit.", null, eventId, cancellationToken);
            return;
        }

        if (_pending.Count >= MaxPending)
        {
            await connection.SendErrorAsync("rate_limit_exceeded", $"{MaxPending} commits wait for their transcripts already.", null, eventId, cancellationToken);
            return;
        }

        var item = Ids.New("item", time);
        var seconds = (double)_appended / sizeof(short) / _settings.SampleRate;
        _appended = 0;
        _pending.Enqueue(new PendingUtterance(item, seconds, time.GetTimestamp(), InferenceTelemetry.Start("transcription", _route!.Label, traceParent)));
        await connection.SendAsync(
            new { type = "input_audio_buffer.committed", event_id = connection.NewEventId(), item_id = item, previous_item_id = _previousItem }, cancellationToken);
        _previousItem = item;
        _ended = _ended with { Stream = _ended.Stream + 1 };
        await _stream!.CommitAsync(item, cancellationToken);
    }

    private async Task SendAllAsync(ILiveTranscription stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var transcribed in stream.ReadAllAsync(cancellationToken))
            {
                await SendAsync(transcribed, cancellationToken);
            }
        }
        catch (ProviderException failure)
        {
            Log.EngineFailed(logger, failure);
            while (_pending.TryPeek(out var pending))
            {
                await FailAsync(pending, failure.Message, cancellationToken);
            }

            // Without an engine the connection is of no use, and the client's way to another is a new one.
            await connection.CloseAsync(WebSocketCloseStatus.InternalServerError, "The transcription engine failed.");
        }
        catch (OperationCanceledException)
        {
            // The connection ends.
        }
    }

    private async ValueTask SendAsync(TranscriptionEvent transcribed, CancellationToken cancellationToken)
    {
        switch (transcribed)
        {
            case TranscriptionEvent.Partial heard:
                // A late one belongs to an utterance before the one that the client would take it for.
                var ended = _ended;
                var utterance = ended.Client - (ended.Stream - heard.Utterance);
                await connection.SendAsync(
                    new { type = "voiceaspire.transcript.partial", event_id = connection.NewEventId(), text = heard.Text, utterance }, cancellationToken);
                break;
            case TranscriptionEvent.Final final when _pending.TryDequeue(out var pending):
                pending.Activity?.Dispose();
                InferenceTelemetry.Completed("transcription", _route!.Label, time.GetElapsedTime(pending.Committed));
                await connection.SendAsync(
                    new
                    {
                        type = "conversation.item.input_audio_transcription.completed",
                        event_id = connection.NewEventId(),
                        item_id = pending.ItemId,
                        content_index = 0,
                        transcript = final.Text,
                        confidence = final.Confidence,
                        usage = new { type = "duration", seconds = (int)Math.Ceiling(pending.Seconds) },
                    },
                    cancellationToken);
                break;
            case TranscriptionEvent.Failed failed when _pending.TryPeek(out var pending):
                await FailAsync(pending, failed.Reason, cancellationToken);
                break;
        }
    }

    private async Task FailAsync(PendingUtterance pending, string reason, CancellationToken cancellationToken)
    {
        _pending.TryDequeue(out _);
        pending.Activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, reason);
        pending.Activity?.Dispose();
        await connection.SendAsync(
            new
            {
                type = "conversation.item.input_audio_transcription.failed",
                event_id = connection.NewEventId(),
                item_id = pending.ItemId,
                content_index = 0,
                error = new { type = "server_error", code = "provider_failed", message = reason, param = (string?)null },
            },
            cancellationToken);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            return JsonDocument.Parse(message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string? base64)
    {
        var bytes = new byte[((base64?.Length ?? 0) / 4 * 3) + 3];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <param name="Stream">Commits and clears that the engine's stream was told of.</param>
    /// <param name="Client">Those that the client sent.</param>
    private sealed record UtteranceCount(int Stream, int Client);

    private sealed record PendingUtterance(string ItemId, double Seconds, long Committed, System.Diagnostics.Activity? Activity);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A transcription engine failed")]
        public static partial void EngineFailed(ILogger logger, Exception failure);
    }
}
