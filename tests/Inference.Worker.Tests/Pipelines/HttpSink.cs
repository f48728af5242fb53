using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Voice.Inference.Tests.Providers;

namespace Voice.Inference.Tests.Pipelines;

/// <summary>A server that steps of type <c>http</c> call. It does a thing once for an <c>Idempotency-Key</c>, as receivers are asked to, and counts both.</summary>
internal sealed class HttpSink : IAsyncDisposable
{
    private readonly ProviderServer _server;

    private HttpSink(ProviderServer server) => _server = server;

    public Uri Address => _server.Address;

    /// <summary>Bodies in the order of their arrival, by the key that they came with first.</summary>
    public ConcurrentDictionary<string, JsonNode?> Effects { get; } = new();

    /// <summary>The keys of all requests, repetitions too.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What is answered; 200 and <c>{"ok": true}</c> unless set.</summary>
    public Func<string, HttpContext, Task<bool>> Answer { get; set; } = (_, _) => Task.FromResult(false);

    public static async Task<HttpSink> StartAsync()
    {
        var sink = new HttpSink(await ProviderServer.StartAsync());
        sink._server.Answer = sink.ServeAsync;
        return sink;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        Requests.Enqueue(key);
        if (await Answer(key, context))
        {
            return;
        }

        context.Request.Body.Position = 0;
        Effects.TryAdd(key, await JsonNode.ParseAsync(context.Request.Body));
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"ok":true}""");
    }
}
