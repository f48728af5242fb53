using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Voice.Api.Tests.Tools;

/// <summary>An agent's tool on loopback: answers as the test says, and remembers what it was asked.</summary>
internal sealed class ToolServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ToolServer(WebApplication app) => _app = app;

    public RequestDelegate Answer { get; set; } = context => context.Response.WriteAsJsonAsync(new { ok = true });

    public List<(string Method, string Target, string Body, Dictionary<string, string> Headers)> Requests { get; } = [];

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    public static async Task<ToolServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ToolServer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            lock (server.Requests)
            {
                server.Requests.Add((context.Request.Method, $"{context.Request.Path}{context.Request.QueryString}", body,
                    context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            }

            await server.Answer(context);
        });
        await app.StartAsync().OrTimeout();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
