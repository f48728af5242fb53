using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Voice.Gateway.Routing;

namespace Gateway.Tests;

/// <summary>
/// The services behind the gateway, on the real wire: each has a port, tells what it was asked, echoes WebSocket messages, and answers what
/// a test put into <see cref="Answers"/>.
/// </summary>
public sealed class FakeServices : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<int, string> _names = [];

    private FakeServices(WebApplication app) => _app = app;

    public Dictionary<string, string> Addresses { get; } = [];

    public ConcurrentQueue<SeenRequest> Seen { get; } = [];

    /// <summary>By path; without an entry, a 200 that describes the request.</summary>
    public ConcurrentDictionary<string, RequestDelegate> Answers { get; } = [];

    public static async Task<FakeServices> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            foreach (var _ in RouteTable.Services)
            {
                server.Listen(System.Net.IPAddress.Loopback, 0);
            }
        });
        var app = builder.Build();
        var services = new FakeServices(app);
        app.UseWebSockets();
        app.Run(services.HandleAsync);
        await app.StartAsync();
        var addresses = app.Services.GetService(typeof(Microsoft.AspNetCore.Hosting.Server.IServer)) is Microsoft.AspNetCore.Hosting.Server.IServer server
            ? server.Features.Get<IServerAddressesFeature>()!.Addresses
            : throw new InvalidOperationException();
        foreach (var (name, address) in RouteTable.Services.Zip(addresses))
        {
            services.Addresses[name] = address;
            services._names[new Uri(address).Port] = name;
        }

        return services;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var seen = new SeenRequest(
            _names[context.Connection.LocalPort],
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        if (context.Request.Path == "/health" && !context.Request.Headers.ContainsKey("X-Request-Id"))
        {
            // The gateway's own question, which comes when it likes.
            return;
        }

        Seen.Enqueue(seen);
        if (Answers.TryGetValue(context.Request.Path, out var answer))
        {
            await answer(context);
        }
        else if (context.WebSockets.IsWebSocketRequest)
        {
            await EchoAsync(context);
        }
        else
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(JsonSerializer.Serialize(seen), context.RequestAborted);
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var protocol = context.WebSockets.WebSocketRequestedProtocols.Contains("realtime") ? "realtime" : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol);
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
        {
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "OK", context.RequestAborted);
    }
}

public sealed record SeenRequest(string Service, string Method, string Path, Dictionary<string, string> Headers)
{
    public string Header(string name) => Headers.Single(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
