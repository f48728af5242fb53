using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Voice.Api.Tests.Support;

/// <summary>inference-worker's protocol on loopback, scripted by the test: what each route does is a delegate.</summary>
internal sealed class FakeInference : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeInference(WebApplication app) => _app = app;

    /// <summary>Headers of every request, newest last.</summary>
    public ConcurrentQueue<(string Path, IHeaderDictionary Headers)> Requests { get; } = new();

    public RequestDelegate Chat { get; set; } = Refuse;

    public RequestDelegate Speech { get; set; } = Refuse;

    public RequestDelegate Translation { get; set; } = Refuse;

    public Func<WebSocket, CancellationToken, Task> Transcription { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Answers the upgrade with this status instead.</summary>
    public int? RefuseUpgrade { get; set; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<FakeInference> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRouting();
        var app = builder.Build();
        var fake = new FakeInference(app);
        app.UseWebSockets();
        app.Use(async (context, next) =>
        {
            fake.Requests.Enqueue((context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary())));
            await next(context);
        });
        app.MapGet("/alive", context => context.Response.WriteAsync("ok"));
        app.MapPost("/v1/chat/completions", context => fake.Chat(context));
        app.MapPost("/v1/audio/speech", context => fake.Speech(context));
        app.MapPost("/v1/translations", context => fake.Translation(context));
        app.MapGet("/v1/realtime", fake.AcceptAsync);
        await app.StartAsync().OrTimeout();
        return fake;
    }

    public static RequestDelegate Json(int status, string json) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    };

    public static RequestDelegate Events(params string[] events) => async context =>
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        foreach (var data in events)
        {
            await context.Response.WriteAsync($"data: {data}\n\n");
            await context.Response.Body.FlushAsync();
        }
    };

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        if (RefuseUpgrade is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        Assert.Equal("?intent=transcription", context.Request.QueryString.Value);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await Transcription(socket, context.RequestAborted);
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

internal static class FakeInferenceSockets
{
    public static Task SendAsync(this WebSocket socket, string json, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Greets, and agrees to the session that the client asks for.</summary>
    public static async Task<JsonElement> AgreeAsync(this WebSocket socket, CancellationToken cancellationToken)
    {
        await socket.SendAsync("""{"type":"session.created","event_id":"e1","session":{}}""", cancellationToken);
        var update = await socket.ReceiveJsonAsync(cancellationToken);
        await socket.SendAsync("""{"type":"session.updated","event_id":"e2","session":{}}""", cancellationToken);
        return update;
    }

    /// <summary>The next JSON event; binary frames before it are counted into <paramref name="onAudio"/>.</summary>
    public static async Task<JsonElement> ReceiveJsonAsync(
        this WebSocket socket, CancellationToken cancellationToken, Action<byte[]>? onAudio = null)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Text)
            {
                return JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            }

            onAudio?.Invoke(buffer[..length]);
        }
    }
}
