using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Web.Tests;

/// <summary>The services that pages ask, on the real wire: what a test put under a path, else a 404.</summary>
public sealed class FakePlatform : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakePlatform(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>JSON by path without query.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = [];

    public ConcurrentDictionary<string, int> Failures { get; } = [];

    public ConcurrentQueue<(string Path, string? Authorization)> Seen { get; } = [];

    public static async Task<FakePlatform> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var platform = new FakePlatform(app);
        app.Run(platform.AnswerAsync);
        await app.StartAsync();
        return platform;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Seen.Enqueue((context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization));
        if (Failures.TryGetValue(context.Request.Path, out var status))
        {
            context.Response.StatusCode = status;
        }
        else if (Answers.TryGetValue(context.Request.Path, out var json))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
