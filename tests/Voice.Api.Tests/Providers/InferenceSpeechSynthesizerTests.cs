using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Voice.Api.Tests.Support;
using Voice.Core.Providers;

namespace Voice.Api.Tests.Providers;

public sealed class InferenceSpeechSynthesizerTests : IAsyncLifetime
{
    private FakeInference _inference = null!;
    private ProviderHost _host = null!;

    public async Task InitializeAsync()
    {
        _inference = await FakeInference.StartAsync();
        _host = new ProviderHost(_inference.Address);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _inference.DisposeAsync();
    }

    [Fact]
    public async Task Audio_is_handed_on_as_it_is_made_in_whole_samples_however_the_network_cuts_it()
    {
        var body = new TaskCompletionSource<string>();
        var heard = new TaskCompletionSource();
        var audio = Enumerable.Range(0, 20_001).Select(i => (byte)i).ToArray();
        _inference.Speech = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            body.SetResult(await reader.ReadToEndAsync());
            context.Response.ContentType = "audio/pcm";
            await WriteAsync(context, audio.AsMemory(0, 3));
            await heard.Task.OrTimeout();
            await WriteAsync(context, audio.AsMemory(3, 1));
            await WriteAsync(context, audio.AsMemory(4, 4997));
            await WriteAsync(context, audio.AsMemory(5001));
        };

        var blocks = new List<ReadOnlyMemory<byte>>();
        await foreach (var block in _host.Speech.SynthesizeAsync(
            new SpeechRequest("Buenos días.", "es", "espeak-ng", "es-419", 1.25), CancellationToken.None))
        {
            blocks.Add(block);
            heard.TrySetResult();
        }

        Assert.All(blocks, block => Assert.Equal(0, block.Length % 2));
        Assert.All(blocks, block => Assert.InRange(block.Length, 2, 4800));
        // The last byte is half a sample.
        Assert.Equal(audio[..20_000], blocks.SelectMany(block => block.ToArray()));
        var sent = JsonSerializer.Deserialize<JsonElement>(await body.Task);
        Assert.Equal("espeak-ng", sent.GetProperty("model").GetString());
        Assert.Equal("Buenos días.", sent.GetProperty("input").GetString());
        Assert.Equal("es-419", sent.GetProperty("voice").GetString());
        Assert.Equal("es", sent.GetProperty("language").GetString());
        Assert.Equal("pcm", sent.GetProperty("response_format").GetString());
        Assert.Equal(1.25, sent.GetProperty("speed").GetDouble());
    }

    [Fact]
    public async Task Failures_before_within_and_in_place_of_the_audio_are_told_apart()
    {
        _inference.Speech = FakeInference.Json(400, """{"error":{"message":"Voice 'x' is unknown.","type":"invalid_request_error","param":"voice","code":"voice_not_found"}}""");
        var rejected = await FailureAsync();
        Assert.Equal(("provider_rejected", "Voice 'x' is unknown."), (rejected.Code, rejected.Message));

        _inference.Speech = FakeInference.Json(400, """{"error":{"message":"No voice for tlh.","type":"invalid_request_error","param":"language","code":"unsupported_language"}}""");
        Assert.Equal("unsupported_language", (await FailureAsync()).Code);

        _inference.Speech = FakeInference.Json(200, "{}");
        Assert.Equal("provider_failed", (await FailureAsync()).Code);

        _inference.Speech = async context =>
        {
            await WriteAsync(context, new byte[100]);
            context.Abort();
        };
        Assert.Equal("provider_failed", (await FailureAsync()).Code);

        await using var impatient = new ProviderHost(_inference.Address, ("Inference:ResponseTimeout", "00:00:00.300"));
        var never = new TaskCompletionSource();
        _inference.Speech = async context =>
        {
            await WriteAsync(context, new byte[100]);
            await never.Task.WaitAsync(context.RequestAborted);
        };
        Assert.Equal("provider_unavailable", (await FailureAsync(impatient)).Code);
    }

    [Fact]
    public async Task A_consumer_that_stops_early_ends_the_request()
    {
        var aborted = new TaskCompletionSource();
        _inference.Speech = async context =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            await WriteAsync(context, new byte[4800]);
            await aborted.Task;
        };

        await foreach (var _ in _host.Speech.SynthesizeAsync(new SpeechRequest("Hello.", "en"), CancellationToken.None))
        {
            break;
        }

        await aborted.Task.OrTimeout();
    }

    [Fact]
    public async Task A_slow_consumer_holds_the_provider_back()
    {
        var written = 0L;
        var done = new TaskCompletionSource();
        _inference.Speech = async context =>
        {
            var block = new byte[64 * 1024];
            for (var i = 0; i < 1024; i++)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                Interlocked.Add(ref written, block.Length);
            }

            done.SetResult();
        };
        await using var blocks = _host.Speech.SynthesizeAsync(new SpeechRequest("Long.", "en"), CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await blocks.MoveNextAsync());

        // Sockets hold a few megabytes; the 64 that the provider would like to send stay with it.
        var before = -1L;
        await Deadline.Until(() =>
        {
            var now = Interlocked.Read(ref written);
            var settled = now == before;
            before = now;
            return Task.FromResult(settled);
        });
        Assert.False(done.Task.IsCompleted);
    }

    private Task<ProviderException> FailureAsync(ProviderHost? host = null) => Assert.ThrowsAsync<ProviderException>(async () =>
    {
        await foreach (var _ in (host ?? _host).Speech.SynthesizeAsync(new SpeechRequest("Hello.", "en"), CancellationToken.None))
        {
        }
    }).OrTimeout();

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        await context.Response.Body.WriteAsync(bytes);
        await context.Response.Body.FlushAsync();
    }
}
