using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voice.Cli.Tests;

/// <summary>A platform on a free port that does what the test's script says to every conversation.</summary>
internal sealed class RealtimeServerFake : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RealtimeServerFake(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>Query string and credential of the last handshake.</summary>
    public string Query { get; private set; } = "";

    public string? Agent { get; private set; }

    public string? Authorization { get; private set; }

    public static async Task<RealtimeServerFake> StartAsync(Func<RealtimeSessionFake, Task> script)
    {
        var server = Create();
        server._app.UseWebSockets();
        server._app.Map("/v1/realtime", async context =>
        {
            server.Query = context.Request.QueryString.Value ?? "";
            server.Agent = context.Request.Query["agent"];
            server.Authorization = context.Request.Headers.Authorization;
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await script(new RealtimeSessionFake(socket, context.RequestAborted));
        });
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers every handshake with an error.</summary>
    public static async Task<RealtimeServerFake> RefusingAsync(int status, string body)
    {
        var server = Create();
        server._app.Map("/v1/realtime", async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static RealtimeServerFake Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return new RealtimeServerFake(builder.Build());
    }
}
