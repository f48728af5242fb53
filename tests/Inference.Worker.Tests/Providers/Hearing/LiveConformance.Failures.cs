using Microsoft.AspNetCore.Http;
using Voice.Core.Providers;

namespace Voice.Inference.Tests.Providers.Hearing;

public abstract partial class LiveConformance
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Garbage_ends_the_stream_with_a_clear_failure(bool binary)
    {
        Serve(async line =>
        {
            await line.HeardAsync();
            await line.GarbageAsync(binary);
            await line.UtteranceAsync();
        });
        await using var stream = await StartAsync();
        await stream.AppendAsync(Pcm(1, 8_000), default);

        var failure = await FailureAsync(stream);
        Assert.Equal("provider_failed", failure.Code);
        Assert.DoesNotContain("secret words", failure.ToString());
        await Assert.ThrowsAsync<ProviderException>(() => stream.AppendAsync(Pcm(1, 640), default).AsTask()).OrTimeout();
    }

    [Fact]
    public async Task A_connection_that_breaks_ends_the_stream_after_what_was_answered()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Serve(async line =>
        {
            await line.UtteranceAsync();
            await line.FinalAsync("before");
            await told.Task;
            LiveLine.Cut();
        });
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        await stream.AppendAsync(Pcm(1, 8_000), default);
        await stream.CommitAsync("u", default);

        Assert.Equal("before", (await NextFinalAsync(events)).Text);
        told.SetResult();
        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            while (await events.MoveNextAsync().AsTask().OrTimeout())
            {
            }
        });
        Assert.StartsWith("provider_", failure.Code);
    }

    [Fact]
    public async Task A_service_that_closes_ends_the_stream()
    {
        _server.Talk = async (socket, request, cancellationToken) =>
        {
            var line = await Service.AnswerAsync(socket, request, cancellationToken);
            await line.HeardAsync();
        };
        await using var stream = await StartAsync();
        await stream.AppendAsync(Pcm(1, 8_000), default);

        Assert.StartsWith("provider_", (await FailureAsync(stream)).Code);
    }

    [Theory]
    [InlineData(401, "provider_unavailable")]
    [InlineData(403, "provider_unavailable")]
    [InlineData(400, "provider_rejected")]
    [InlineData(500, "provider_failed")]
    public async Task A_refused_handshake_is_told_in_our_terms_without_the_key(int status, string code)
    {
        Refuse(status);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => StartAsync());
        Assert.Equal(code, failure.Code);
        Assert.DoesNotContain(Key, failure.ToString());
    }

    [Fact]
    public async Task A_limited_rate_says_when_to_come_again()
    {
        Refuse(429, "7");

        var failure = await Assert.ThrowsAsync<ProviderException>(() => StartAsync());
        Assert.Equal(("provider_unavailable", TimeSpan.FromSeconds(7)), (failure.Code, failure.RetryAfter));
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unavailable()
    {
        await _server.DisposeAsync();

        Assert.Equal("provider_unavailable", (await Assert.ThrowsAsync<ProviderException>(() => StartAsync())).Code);
    }

    [Fact]
    public async Task A_handshake_that_takes_too_long_is_given_up()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = _ => go.Task;
        var start = _provider.LiveTranscriber!.StartAsync(new TranscriptionOptions(null, "en", null, Service.SampleRate), default).AsTask();
        await Deadline.Until(() => Task.FromResult(!_server.Requests.IsEmpty));
        _time.Advance(Limit + TimeSpan.FromSeconds(1));

        Assert.Equal("provider_unavailable", (await Assert.ThrowsAsync<ProviderException>(() => start.OrTimeout())).Code);
        go.SetResult();
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_ends_the_stream()
    {
        Serve(line => line.UtteranceAsync());
        await using var stream = await StartAsync();
        await stream.AppendAsync(Pcm(1, 16_000), default);
        await stream.CommitAsync("u", default);
        var failing = FailureAsync(stream);
        await Deadline.Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(failing.IsCompleted);
        });

        Assert.Equal("provider_unavailable", (await failing).Code);
    }

    [Fact]
    public async Task A_slow_answer_is_waited_for()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Serve(async line =>
        {
            await line.UtteranceAsync();
            await go.Task;
            await line.FinalAsync("at last");
        });
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        await stream.AppendAsync(Pcm(1, 16_000), default);
        await stream.CommitAsync("u", default);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(Limit / 20);
        }

        go.SetResult();
        Assert.Equal("at last", (await NextFinalAsync(events)).Text);
    }

    [Fact]
    public async Task Cancelling_a_read_or_a_start_is_prompt()
    {
        Serve(line => line.UtteranceAsync());
        await using var stream = await StartAsync();
        using var stop = new CancellationTokenSource();
        var read = stream.ReadAllAsync(stop.Token).GetAsyncEnumerator(stop.Token).MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.OrTimeout());

        _server.Talk = null;
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = _ => go.Task;
        using var stopStart = new CancellationTokenSource();
        var start = StartAsync(cancellationToken: stopStart.Token);
        await Deadline.Until(() => Task.FromResult(_server.Requests.Count == 2));
        await stopStart.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        go.SetResult();
    }

    [Fact]
    public async Task Nothing_stays_open()
    {
        Serve(async line =>
        {
            await line.HeardAsync();
            await line.PartialAsync("never read");
            await line.UtteranceAsync();
        });
        for (var i = 0; i < 5; i++)
        {
            var stream = await StartAsync();
            await stream.AppendAsync(Pcm(1, 8_000), default);
            await stream.DisposeAsync().AsTask().OrTimeout();
            await stream.DisposeAsync().AsTask().OrTimeout();
        }

        await Deadline.Until(() => Task.FromResult(_server.Open == 0));
        Assert.Equal(5, _server.Requests.Count);
        Assert.All(_server.Requests, request => Assert.DoesNotContain(Key, request.Target));
        Assert.All(_server.Requests, request => Assert.Contains(request.Headers.Values, value => value.Contains(Key)));
    }

    private void Refuse(int status, string? retryAfter = null) => _server.Answer = context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return Task.CompletedTask;
    };

    private static async Task<ProviderException> FailureAsync(ILiveTranscription stream) => await Assert.ThrowsAsync<ProviderException>(async () =>
    {
        await foreach (var _ in stream.ReadAllAsync(default))
        {
        }
    }).OrTimeout();
}
