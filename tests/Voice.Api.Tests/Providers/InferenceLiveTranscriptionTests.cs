using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using Voice.Api.Tests.Support;
using Voice.Core.Providers;

namespace Voice.Api.Tests.Providers;

public sealed class InferenceLiveTranscriptionTests : IAsyncLifetime
{
    private static readonly TranscriptionOptions Options = new("pocketsphinx-en-us", "en", "Maple Street");

    private FakeInference _inference = null!;
    private ProviderHost _host = null!;

    public async Task InitializeAsync()
    {
        _inference = await FakeInference.StartAsync();
        _host = new ProviderHost(_inference.Address);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _inference.DisposeAsync();
    }

    [Fact]
    public async Task Audio_goes_out_as_frames_and_partials_finals_and_failures_come_back_under_the_utterances_name()
    {
        var update = new TaskCompletionSource<JsonElement>();
        var commit = new TaskCompletionSource<JsonElement>();
        var audio = new List<byte>();
        _inference.Transcription = async (socket, cancellationToken) =>
        {
            update.SetResult(await socket.AgreeAsync(cancellationToken));
            commit.SetResult(await socket.ReceiveJsonAsync(cancellationToken, audio.AddRange));
            await socket.SendAsync("""{"type":"voiceaspire.transcript.partial","text":"where is"}""", cancellationToken);
            await socket.ReceiveJsonAsync(cancellationToken, audio.AddRange);
            foreach (var answer in new[]
            {
                """{"type":"input_audio_buffer.committed","event_id":"e3","item_id":"item_1"}""",
                """{"type":"some.later.extension","event_id":"e4"}""",
                """{"type":"input_audio_buffer.committed","event_id":"e5","item_id":"item_2"}""",
                """{"type":"conversation.item.input_audio_transcription.completed","event_id":"e6","item_id":"item_1","content_index":0,"transcript":"where is the clinic","confidence":0.87,"usage":{"type":"duration","seconds":1.5}}""",
                """{"type":"conversation.item.input_audio_transcription.failed","event_id":"e7","item_id":"item_2","content_index":0,"error":{"type":"server_error","code":"engine_lost","message":"The decoder died.","param":null}}""",
            })
            {
                await socket.SendAsync(answer, cancellationToken);
            }

            await socket.ReceiveJsonAsync(cancellationToken);
        };
        using var collector = new ActivityCollector();
        using var activity = new Activity("turn").Start();

        await using var transcription = await _host.Transcriber.StartAsync(Options, CancellationToken.None).AsTask().OrTimeout();
        await transcription.AppendAsync(new byte[] { 1, 2, 3, 4 }, CancellationToken.None);
        await transcription.AppendAsync(new byte[] { 5, 6 }, CancellationToken.None);
        await transcription.CommitAsync("utt_a", CancellationToken.None);
        await transcription.CommitAsync("utt_b", CancellationToken.None);
        var events = await ReadAsync(transcription, 3);

        Assert.Equal(
            [
                new TranscriptionEvent.Partial("where is"),
                new TranscriptionEvent.Final("utt_a", "where is the clinic", 0.87),
                new TranscriptionEvent.Failed("utt_b", "The decoder died."),
            ],
            events);
        Assert.Equal([1, 2, 3, 4, 5, 6], audio);
        Assert.Equal(
            """{"session":{"audio":{"input":{"format":{"rate":16000,"type":"audio/pcm"},"transcription":{"model":"pocketsphinx-en-us","language":"en","prompt":"Maple Street"},"turn_detection":null}},"type":"transcription"},"type":"session.update"}""",
            (await update.Task).GetRawText());
        Assert.Contains(activity.TraceId.ToHexString(), (await commit.Task).GetProperty("traceparent").GetString(), StringComparison.Ordinal);
        var (_, headers) = _inference.Requests.Last();
        Assert.StartsWith("Bearer ey", headers.Authorization.ToString(), StringComparison.Ordinal);
        Assert.Contains(activity.TraceId.ToHexString(), headers["traceparent"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_that_is_refused_is_answered_and_the_stream_goes_on()
    {
        _inference.Transcription = async (socket, cancellationToken) =>
        {
            await socket.AgreeAsync(cancellationToken);
            var commit = await socket.ReceiveJsonAsync(cancellationToken);
            await socket.SendAsync(
                $$$"""{"type":"error","event_id":"e3","error":{"type":"invalid_request_error","code":"input_audio_buffer_commit_empty","message":"There is no audio.","param":null,"event_id":"{{{commit.GetProperty("event_id").GetString()}}}"}}""",
                cancellationToken);
            await socket.SendAsync("""{"type":"voiceaspire.transcript.partial","text":"still here"}""", cancellationToken);
            await socket.ReceiveJsonAsync(cancellationToken);
        };
        await using var transcription = await _host.Transcriber.StartAsync(Options, CancellationToken.None).AsTask().OrTimeout();
        await transcription.CommitAsync("utt_a", CancellationToken.None);

        Assert.Equal(
            [new TranscriptionEvent.Failed("utt_a", "There is no audio."), new TranscriptionEvent.Partial("still here")],
            await ReadAsync(transcription, 2));
    }

    [Fact]
    public async Task A_connection_that_is_lost_fails_on_both_sides_and_leaves_what_it_has_not_answered_to_another()
    {
        _inference.Transcription = async (socket, cancellationToken) =>
        {
            await socket.AgreeAsync(cancellationToken);
            await socket.ReceiveJsonAsync(cancellationToken);
            await socket.ReceiveJsonAsync(cancellationToken);
            socket.Abort();
        };
        await using var transcription = await _host.Transcriber.StartAsync(Options, CancellationToken.None).AsTask().OrTimeout();
        await transcription.CommitAsync("utt_a", CancellationToken.None);
        await transcription.CommitAsync("utt_b", CancellationToken.None);

        var events = new List<TranscriptionEvent>();
        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var received in transcription.ReadAllAsync(CancellationToken.None))
            {
                events.Add(received);
            }
        }).OrTimeout();

        Assert.Equal("provider_unavailable", failure.Code);
        Assert.Empty(events);
        var sending = await Assert.ThrowsAsync<ProviderException>(
            () => transcription.AppendAsync(new byte[2], CancellationToken.None).AsTask()).OrTimeout();
        Assert.Equal("provider_unavailable", sending.Code);
    }

    [Fact]
    public async Task A_worker_that_closes_or_talks_nonsense_ends_the_stream_with_a_failure()
    {
        _inference.Transcription = async (socket, cancellationToken) =>
        {
            await socket.AgreeAsync(cancellationToken);
            await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "restart", cancellationToken);
        };
        Assert.Equal("provider_unavailable", (await ReadFailureAsync()).Code);

        _inference.Transcription = async (socket, cancellationToken) =>
        {
            await socket.AgreeAsync(cancellationToken);
            await socket.SendAsync("nonsense", cancellationToken);
            await socket.ReceiveJsonAsync(cancellationToken);
        };
        Assert.Equal("provider_failed", (await ReadFailureAsync()).Code);

        _inference.Transcription = async (socket, cancellationToken) =>
        {
            await socket.AgreeAsync(cancellationToken);
            await socket.SendAsync($$"""{"type":"voiceaspire.transcript.partial","text":"{{new string('a', 3_000_000)}}"}""", cancellationToken);
        };
        Assert.Equal("provider_failed", (await ReadFailureAsync()).Code);
    }

    [Fact]
    public async Task A_worker_that_answers_no_ping_is_lost()
    {
        var hung = new TaskCompletionSource();
        _inference.Transcription = async (socket, cancellationToken) =>
        {
            await socket.AgreeAsync(cancellationToken);
            // Reads no more: pings stay unanswered, as from a process that is stopped.
            await hung.Task.WaitAsync(cancellationToken);
        };

        await using var watchful = new ProviderHost(_inference.Address, ("Inference:PingInterval", "00:00:00.500"));
        Assert.Equal("provider_unavailable", (await ReadFailureAsync(watchful)).Code);
        hung.SetResult();
    }

    [Fact]
    public async Task A_start_that_is_refused_says_why()
    {
        _inference.Transcription = async (socket, cancellationToken) =>
        {
            await socket.SendAsync("""{"type":"session.created","session":{}}""", cancellationToken);
            await socket.ReceiveJsonAsync(cancellationToken);
            await socket.SendAsync(
                """{"type":"error","error":{"type":"invalid_request_error","code":"model_not_found","message":"Model 'x' is unknown.","param":"model","event_id":null}}""",
                cancellationToken);
            await socket.ReceiveJsonAsync(cancellationToken);
        };
        var failure = await StartFailureAsync();
        Assert.Equal(("provider_rejected", "Model 'x' is unknown."), (failure.Code, failure.Message));

        _inference.RefuseUpgrade = 401;
        Assert.Equal("provider_rejected", (await StartFailureAsync()).Code);

        _inference.RefuseUpgrade = 503;
        Assert.Equal("provider_unavailable", (await StartFailureAsync()).Code);

        await _inference.DisposeAsync();
        Assert.Equal("provider_unavailable", (await StartFailureAsync()).Code);
    }

    [Fact]
    public async Task A_worker_that_never_agrees_is_unavailable()
    {
        var silent = new TaskCompletionSource();
        _inference.Transcription = (_, cancellationToken) => silent.Task.WaitAsync(cancellationToken);

        await using var impatient = new ProviderHost(_inference.Address, ("Inference:ResponseTimeout", "00:00:00.300"));
        Assert.Equal("provider_unavailable", (await StartFailureAsync(impatient)).Code);
        silent.SetResult();
    }

    [Fact]
    public async Task Disposing_ends_the_reader_quietly_and_tells_the_worker()
    {
        var closed = ClosedAs();
        var transcription = await _host.Transcriber.StartAsync(Options, CancellationToken.None).AsTask().OrTimeout();
        var reading = ReadAsync(transcription, int.MaxValue);
        await transcription.DisposeAsync();
        await transcription.DisposeAsync();

        Assert.Empty(await reading.OrTimeout());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed.OrTimeout());
    }

    [Fact]
    public async Task A_close_arrives_before_what_was_never_read_resets_the_connection()
    {
        var closed = ClosedAs(async (socket, cancellationToken) =>
        {
            for (var i = 0; i < 200; i++)
            {
                await socket.SendAsync($$"""{"type":"voiceaspire.transcript.partial","text":"{{new string('a', 1_000)}}"}""", cancellationToken);
            }
        });
        var transcription = await _host.Transcriber.StartAsync(Options, CancellationToken.None).AsTask().OrTimeout();
        await transcription.DisposeAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, await closed.OrTimeout());
    }

    // As what the worker sees the connection end, once it has agreed and said what it has to say.
    private Task<WebSocketCloseStatus?> ClosedAs(Func<WebSocket, CancellationToken, Task>? says = null)
    {
        var closed = new TaskCompletionSource<WebSocketCloseStatus?>();
        _inference.Transcription = async (socket, cancellationToken) =>
        {
            try
            {
                await socket.AgreeAsync(cancellationToken);
                await (says?.Invoke(socket, cancellationToken) ?? Task.CompletedTask);
                await socket.ReceiveAsync(new byte[100], cancellationToken);
                closed.SetResult(socket.CloseStatus);
            }
            catch (Exception exception)
            {
                closed.TrySetException(exception);
                throw;
            }
        };
        return closed.Task;
    }

    private static async Task<List<TranscriptionEvent>> ReadAsync(ILiveTranscription transcription, int count)
    {
        var events = new List<TranscriptionEvent>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        await foreach (var received in transcription.ReadAllAsync(limit.Token))
        {
            events.Add(received);
            if (events.Count == count)
            {
                break;
            }
        }

        return events;
    }

    private async Task<ProviderException> ReadFailureAsync(ProviderHost? host = null)
    {
        await using var transcription = await (host ?? _host).Transcriber.StartAsync(Options, CancellationToken.None).AsTask().OrTimeout();
        return await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(transcription, int.MaxValue)).OrTimeout();
    }

    private Task<ProviderException> StartFailureAsync(ProviderHost? host = null) =>
        Assert.ThrowsAsync<ProviderException>(() => (host ?? _host).Transcriber.StartAsync(Options, CancellationToken.None).AsTask()).OrTimeout();
}
