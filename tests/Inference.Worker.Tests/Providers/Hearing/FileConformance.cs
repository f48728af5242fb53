using System.Text;
using Microsoft.AspNetCore.Http;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Providers;
using Voice.Inference.Tests.Providers.Speech;
using Voice.Inference.Transcription;

namespace Voice.Inference.Tests.Providers.Hearing;

/// <summary>What every adapter of a service that transcribes recordings does, whatever the service's protocol is.</summary>
public abstract class FileConformance : IAsyncLifetime
{
    protected const string Key = "key-of-the-operator";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly OneClient _clients = new();
    private ProviderServer _server = null!;
    private Provider _provider = null!;

    private protected abstract IFileService Service { get; }

    public async Task InitializeAsync()
    {
        _server = await ProviderServer.StartAsync();
        var settings = Service.Settings(_server.Address);
        settings.ApiKey = Key;
        settings.Timeout = Limit;
        var kind = Service.Kind(new ProviderHttp(_clients, _time), _time);
        Assert.Empty(kind.Check(settings));
        _provider = kind.Create("theirs", settings);
    }

    public async Task DisposeAsync()
    {
        _clients.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_was_said_comes_in_order_with_its_times()
    {
        Serve(async (context, body) => await context.Response.Body.WriteAsync(body), (0.5, 1, "Grüß Gott."), (1.25, 1.75, "東京へ?"));
        var audio = Audio();

        var segments = await TranscribeAsync(audio);
        Assert.Equal("Grüß Gott. 東京へ?", string.Join(' ', segments.Select(segment => segment.Text)));
        if (Service.HasTimes)
        {
            Assert.Equal([(0.5, 1), (1.25, 1.75)], segments.Select(segment => (Math.Round(segment.Start, 3), Math.Round(segment.End, 3))));
        }
        else
        {
            Assert.All(segments, segment => Assert.InRange(segment.Start, 0, segment.End));
        }

        var sent = WavReader.Read(Service.Audio(Asked()));
        Assert.Equal(16_000, sent.SampleRate);
        Assert.Equal(audio.Samples, sent.Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task An_answer_in_pieces_is_an_answer(int length)
    {
        Serve(
            async (context, body) =>
            {
                foreach (var part in body.Chunk(length))
                {
                    await context.Response.Body.WriteAsync(part);
                    await context.Response.Body.FlushAsync();
                }
            },
            (0.5, 1, "Grüß Gott. 東京へ?"));

        Assert.Equal("Grüß Gott. 東京へ?", string.Join(' ', (await TranscribeAsync()).Select(segment => segment.Text)));
    }

    [Fact]
    public async Task Silence_is_no_failure()
    {
        Serve(async (context, body) => await context.Response.Body.WriteAsync(body));

        Assert.Empty(await TranscribeAsync());
    }

    [Fact]
    public async Task Language_and_likely_words_are_passed_on_and_the_key_in_a_header_only()
    {
        Serve(async (context, body) => await context.Response.Body.WriteAsync(body), (0, 1, "gut"));
        await TranscribeAsync(options: new(null, Service.Language, "Riverside Clinic, Doctor Meyer", Streaming: Service.Streaming));

        var request = Asked();
        var asked = Uri.UnescapeDataString(request.Target) + Encoding.UTF8.GetString(request.Body);
        Assert.Contains(Service.Asked, asked);
        Assert.Equal(Service.TakesPrompt, asked.Contains("Riverside Clinic") && asked.Contains("Doctor Meyer"));
        Assert.DoesNotContain(Key, asked);
        Assert.Contains(_server.Requests.SelectMany(sent => sent.Headers.Values), value => value.Contains(Key));
    }

    [Theory]
    [InlineData("{\"text\": secret words")]
    [InlineData("<html>secret words</html>")]
    [InlineData("[1,2,3]")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Garbage_is_a_clear_failure(string garbage)
    {
        Serve(async (context, _) => await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Service.Streaming ? $"data: {garbage}\n\n" : garbage)), (0, 1, "x"));

        var failure = await Assert.ThrowsAsync<ProviderException>(() => TranscribeAsync());
        Assert.Equal("provider_failed", failure.Code);
        Assert.DoesNotContain("secret words", failure.ToString());
    }

    [Theory]
    [InlineData(401, "provider_unavailable")]
    [InlineData(403, "provider_unavailable")]
    [InlineData(400, "provider_rejected")]
    [InlineData(503, "provider_unavailable")]
    [InlineData(500, "provider_failed")]
    public async Task A_refusal_is_told_in_our_terms_without_the_key(int status, string code)
    {
        Serve((context, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("no json");
        });

        var failure = await Assert.ThrowsAsync<ProviderException>(() => TranscribeAsync());
        Assert.Equal(code, failure.Code);
        Assert.DoesNotContain(Key, failure.ToString());
    }

    [Fact]
    public async Task A_limited_rate_says_when_to_come_again()
    {
        Serve((context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });

        var failure = await Assert.ThrowsAsync<ProviderException>(() => TranscribeAsync());
        Assert.Equal(("provider_unavailable", TimeSpan.FromSeconds(7)), (failure.Code, failure.RetryAfter));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_failure()
    {
        Serve(
            async (context, body) =>
            {
                await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
                await context.Response.Body.FlushAsync();
                context.Abort();
            },
            (0, 1, "never whole"));

        Assert.StartsWith("provider_", (await Assert.ThrowsAsync<ProviderException>(() => TranscribeAsync())).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_silent_service_is_given_up(bool begun)
    {
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Serve(
            async (context, body) =>
            {
                if (begun)
                {
                    await context.Response.Body.WriteAsync(body.AsMemory(0, 5));
                    await context.Response.Body.FlushAsync();
                }

                silent.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            },
            (0, 1, "never"));
        var transcribing = TranscribeAsync();
        await silent.Task.OrTimeout();
        await Deadline.Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return Task.FromResult(transcribing.IsCompleted);
        });

        Assert.Equal("provider_unavailable", (await Assert.ThrowsAsync<ProviderException>(() => transcribing)).Code);
        await Deadline.Until(() => Task.FromResult(_server.Open == 0));
    }

    [Fact]
    public async Task Cancelling_is_prompt_and_leaves_nothing_open()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Serve(async (context, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var stop = new CancellationTokenSource();
        var transcribing = TranscribeAsync(cancellationToken: stop.Token);
        await asked.Task.OrTimeout();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transcribing);
        await Deadline.Until(() => Task.FromResult(_server.Open == 0));
    }

    private protected ProviderRequest Asked() => _server.Requests.Single(request => request.Target.Split('?')[0] == Service.Path);

    private void Serve(Func<HttpContext, byte[], Task> answer, params (double Start, double End, string Text)[] segments) => _server.Answer = async context =>
    {
        if (context.Request.Path != Service.Path)
        {
            var other = Service.Other(await ProviderRequest.ReadAsync(context));
            context.Response.StatusCode = other is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            await context.Response.WriteAsync(other ?? "");
            return;
        }

        context.Response.ContentType = Service.ContentType;
        await answer(context, Encoding.UTF8.GetBytes(Service.Body(segments)));
    };

    private async Task<List<TranscribedSegment>> TranscribeAsync(WavAudio? audio = null, FileTranscriptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        var segments = _provider.FileTranscriber!.TranscribeAsync(audio ?? Audio(), options ?? new(null, "en", Streaming: Service.Streaming), cancellationToken);
        return await segments.ToListAsync(cancellationToken).AsTask().OrTimeout();
    }

    private static WavAudio Audio() => WavReader.Read(WavWriter.Write(Spoken.Noise(2), 16_000));
}
