using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voice.Inference.Tests.Providers;

/// <summary>
/// A provider's server on loopback: it speaks what <see cref="Answer"/> (or, for a WebSocket, <see cref="Talk"/>) says, which the test or a script of the
/// provider's protocol sets, and keeps what it was asked.
/// </summary>
internal sealed class ProviderServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _open;

    private ProviderServer(WebApplication app) => _app = app;

    public ConcurrentQueue<ProviderRequest> Requests { get; } = new();

    /// <summary>Answers what is not a WebSocket.</summary>
    public RequestDelegate Answer { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    /// <summary>Talks over an accepted WebSocket; when it returns the socket is closed, when it throws the connection is cut.</summary>
    public Func<WebSocket, ProviderRequest, CancellationToken, Task>? Talk { get; set; }

    /// <summary>Asked before a WebSocket is accepted; true where it has answered instead.</summary>
    public Func<HttpContext, Task<bool>>? Refuse { get; set; }

    /// <summary>The subprotocol to agree to; null for none.</summary>
    public string? Subprotocol { get; set; }

    /// <summary>Requests and sockets that have not ended yet: a client that leaks leaves some.</summary>
    public int Open => Volatile.Read(ref _open);

    public Uri Address => new(_app.Urls.Single());

    public static async Task<ProviderServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ProviderServer(app);
        app.UseWebSockets();
        app.Run(server.ServeAsync);
        await app.StartAsync().OrTimeout();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _open);
        try
        {
            var request = await ProviderRequest.ReadAsync(context);
            Requests.Enqueue(request);
            if (!context.WebSockets.IsWebSocketRequest || Talk is not { } talk)
            {
                await Answer(context);
                return;
            }

            if (Refuse is { } refuse && await refuse(context))
            {
                return;
            }

            using var socket = await context.WebSockets.AcceptWebSocketAsync(Subprotocol);
            await TalkAsync(talk, socket, request, context);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static async Task TalkAsync(Func<WebSocket, ProviderRequest, CancellationToken, Task> talk, WebSocket socket, ProviderRequest request, HttpContext context)
    {
        try
        {
            await talk(socket, request, context.RequestAborted);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException or IOException)
        {
            context.Abort(); // The client went, or the script cuts the connection.
        }
    }
}
