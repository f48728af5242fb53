using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Voice.Core.Audio;

namespace Voice.Inference.Tests.Jobs;

/// <summary>
/// A model server that speaks OpenAI's protocol and knows which part it is asked for by its samples. It answers as long as it has leave to; what it holds
/// is held, until there is more or the one who asked is gone.
/// </summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _leave = new(0);
    private readonly ConcurrentDictionary<string, int> _answered = new();
    private int _held;

    private FakeEngine(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>By <see cref="NameOf"/>: how often its answer was sent.</summary>
    public IReadOnlyDictionary<string, int> Answered => _answered;

    public int Held => Volatile.Read(ref _held);

    /// <summary>The name of a part that is never transcribed.</summary>
    public string? Poison { get; set; }

    public static async Task<FakeEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var engine = new FakeEngine(app);
        app.MapPost("/v1/audio/transcriptions", engine.AnswerAsync);
        await app.StartAsync();
        return engine;
    }

    public static string NameOf(ReadOnlySpan<short> samples) => Convert.ToHexStringLower(SHA256.HashData(Pcm16.Bytes(samples)))[..12];

    public void Let(int answers) => _leave.Release(answers);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _leave.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        using var file = new MemoryStream();
        await form.Files["file"]!.CopyToAsync(file);
        var name = NameOf(WavReader.Read(file.ToArray()).Samples);
        Interlocked.Increment(ref _held);
        try
        {
            await _leave.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }

        if (name == Poison)
        {
            context.Response.StatusCode = 500;
            return;
        }

        _answered.AddOrUpdate(name, 1, (_, count) => count + 1);
        await context.Response.WriteAsJsonAsync(new { text = string.Create(CultureInfo.InvariantCulture, $"part {name}") });
    }
}
