using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voice.Bench.Pipelines;

/// <summary>What pipelines call: takes a while, does a thing once for an <c>Idempotency-Key</c> as receivers are asked to, and notes everything that arrives.</summary>
internal sealed class EffectSink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EffectSink(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Run and step of every request, in the order of their arrival, with the key that it came with.</summary>
    public ConcurrentQueue<(string What, string Key)> Requests { get; } = new();

    /// <summary>How often each thing was done: once for each key that it came with.</summary>
    public IEnumerable<IGrouping<string, string>> Effects => Requests.Distinct().GroupBy(request => request.What, request => request.Key);

    public static async Task<EffectSink> StartAsync(TimeSpan work, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var sink = new EffectSink(app);
        app.Run(async context =>
        {
            sink.Requests.Enqueue((context.Request.Path, context.Request.Headers["Idempotency-Key"].ToString()));
            await Task.Delay(work, time, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"ok":true}""");
        });
        await app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
