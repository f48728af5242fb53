using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

/// <summary>The service on a real port, with real stores, before an inference-worker that the test scripts.</summary>
public sealed class RealtimeHost : IAsyncLifetime
{
    private FakeInference? _inference;

    public VoiceApi Api { get; init; } = new();

    /// <summary>Set before the host starts.</summary>
    public (string Key, string Value)[] Settings { get; init; } = [];

    /// <summary>What is understood, utterance by utterance; when it is empty, "when are you open". Null fails.</summary>
    public ConcurrentQueue<string?> Transcripts { get; } = new();

    public string[] ReplyWords { get; set; } = ["We ", "are ", "open ", "from ", "nine ", "to ", "five. ", "On ", "Saturday ", "until ", "noon."];

    /// <summary>What the next answers of the model are instead of words: the <c>delta</c> of each chunk.</summary>
    public ConcurrentQueue<string[]> Deltas { get; } = new();

    public ConcurrentQueue<System.Text.Json.JsonElement> ChatRequests { get; } = new();

    /// <summary>Answers the chat request with this status instead.</summary>
    public int? ChatFails { get; set; }

    public TimeSpan Speech { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The first clause of so many replies is never spoken to its end: the voice takes a breath that lasts until it is cut off.</summary>
    public int HeldSpeeches { get; set; }

    /// <summary>Live transcription sockets, to be aborted by the test.</summary>
    public ConcurrentQueue<WebSocket> Transcriptions { get; } = new();

    /// <summary>What each live transcription was asked for.</summary>
    public ConcurrentQueue<System.Text.Json.JsonElement> TranscriptionSessions { get; } = new();

    public ConcurrentQueue<string> ChatTraces { get; } = new();

    public Uri Address { get; private set; } = null!;

    internal FakeInference Inference => _inference!;

    /// <summary>Forgets what the test before scripted.</summary>
    public void Reset()
    {
        Transcripts.Clear();
        Transcriptions.Clear();
        TranscriptionSessions.Clear();
        ChatTraces.Clear();
        Deltas.Clear();
        ChatRequests.Clear();
        ChatFails = null;
        Speech = TimeSpan.FromMilliseconds(300);
        HeldSpeeches = 0;
    }

    public async Task InitializeAsync()
    {
        _inference = await FakeInference.StartAsync();
        _inference.Transcription = TranscribeAsync;
        _inference.Chat = ChatAsync;
        _inference.Speech = SpeakAsync;
        _inference.Translation = FakeInference.Json(200, """{"text":"tengo fiebre","model":"apertium","source_language":"en","target_language":"es"}""");
        await Api.StartAsync(factory =>
        {
            factory.With("services:inference-worker:http:0", _inference.Address.ToString())
                .With("Realtime:CloseTimeout", "00:00:01");
            foreach (var (key, value) in Settings)
            {
                factory.With(key, value);
            }

            factory.UseKestrel(0);
            factory.StartServer();
        });
        Address = new Uri(Api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task DisposeAsync()
    {
        await Api.DisposeAsync();
        await Inference.DisposeAsync();
    }

    internal Task<RealtimeClient> ConnectAsync(string query = "?agent=receptionist", string organizationId = "org_default") =>
        ConnectAsync(query, TestIdentity.Token(organizationId), secret: null);

    /// <param name="secret">Hash of a client secret, as the gateway passes it on.</param>
    internal async Task<RealtimeClient> ConnectAsync(string query, string token, string? secret)
    {
        var client = new RealtimeClient();
        if (secret is not null)
        {
            client.Socket.Options.SetRequestHeader("X-Client-Secret", secret);
        }

        await client.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/v1/realtime", Query = query }.Uri, token);
        return client;
    }

    /// <summary>Connected, and past <c>session.created</c>.</summary>
    internal async Task<RealtimeClient> BeginAsync(string query = "?agent=receptionist")
    {
        var client = await ConnectAsync(query);
        await client.UntilAsync("session.created");
        return client;
    }

    private async Task TranscribeAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        Transcriptions.Enqueue(socket);
        TranscriptionSessions.Enqueue((await socket.AgreeAsync(cancellationToken)).GetProperty("session"));
        for (var number = 1; ; number++)
        {
            System.Text.Json.JsonElement next;
            try
            {
                next = await socket.ReceiveJsonAsync(cancellationToken);
            }
            catch (WebSocketException)
            {
                return;
            }

            if (next.GetProperty("type").GetString() != "input_audio_buffer.commit")
            {
                continue;
            }

            var text = Transcripts.TryDequeue(out var scripted) ? scripted : "when are you open";
            await socket.SendAsync($$"""{"type":"input_audio_buffer.committed","event_id":"c{{number}}","item_id":"item_{{number}}"}""", cancellationToken);
            await socket.SendAsync(
                text is null
                    ? $$$"""{"type":"conversation.item.input_audio_transcription.failed","event_id":"f{{{number}}}","item_id":"item_{{{number}}}","content_index":0,"error":{"type":"server_error","code":"engine_lost","message":"The decoder died.","param":null}}"""
                    : $$$"""{"type":"conversation.item.input_audio_transcription.completed","event_id":"t{{{number}}}","item_id":"item_{{{number}}}","content_index":0,"transcript":"{{{text}}}","confidence":0.9,"usage":{"type":"duration","seconds":1}}""",
                cancellationToken);
        }
    }

    private async Task ChatAsync(HttpContext context)
    {
        ChatTraces.Enqueue(context.Request.Headers["traceparent"].ToString());
        if (ChatFails is { } status)
        {
            await FakeInference.Json(status, """{"error":{"message":"scripted","type":"server_error","param":null,"code":null}}""")(context);
            return;
        }

        ChatRequests.Enqueue(await System.Text.Json.JsonSerializer.DeserializeAsync<System.Text.Json.JsonElement>(context.Request.Body));
        if (Deltas.TryDequeue(out var deltas))
        {
            await FakeInference.Events([.. deltas.Select(delta => $$$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":null}]}"""), "[DONE]"])(context);
            return;
        }

        var chunks = ReplyWords.Select(word => $$$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"{{{word}}}"},"finish_reason":null}]}""")
            .Append("""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")
            .Append("[DONE]");
        await FakeInference.Events([.. chunks])(context);
    }

    private async Task SpeakAsync(HttpContext context)
    {
        var request = await System.Text.Json.JsonSerializer.DeserializeAsync<System.Text.Json.JsonElement>(context.Request.Body);
        context.Response.ContentType = "audio/pcm";
        await context.Response.Body.WriteAsync(Tone.Level(8_000, Speech));
        // The next clause is asked for while the first is spoken, and may be here before it.
        if (HeldSpeeches > 0 && request.GetProperty("input").GetString()!.StartsWith(ReplyWords[0].Trim(), StringComparison.Ordinal))
        {
            HeldSpeeches--;
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
