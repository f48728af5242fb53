using Voice.Core.Providers;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Tests.Providers.Guards;

public sealed class ProviderLimiterTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Who_comes_too_much_waits_for_a_place_and_is_refused_when_none_comes()
    {
        var limiter = new ProviderLimiter(new ProviderSettings { MaxConcurrent = 1, QueueFor = TimeSpan.FromSeconds(2) });
        await limiter.EnterAsync("alpha", _time, CancellationToken.None);

        var waiting = limiter.EnterAsync("alpha", _time, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        limiter.Leave();
        await waiting.OrTimeout();

        var late = limiter.EnterAsync("alpha", _time, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(2));
        var refusal = await Assert.ThrowsAsync<ProviderException>(() => late.OrTimeout());
        Assert.Equal(("provider_busy", TimeSpan.FromSeconds(1)), (refusal.Code, refusal.RetryAfter));
        Assert.Contains("All 1 calls that 'alpha' may get", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_above_the_rate_wait_for_their_turn_and_are_refused_when_it_is_far()
    {
        var limiter = new ProviderLimiter(new ProviderSettings { RequestsPerSecond = 2, QueueFor = TimeSpan.FromSeconds(1) });
        await limiter.EnterAsync("alpha", _time, CancellationToken.None);
        await limiter.EnterAsync("alpha", _time, CancellationToken.None);

        var third = limiter.EnterAsync("alpha", _time, CancellationToken.None).AsTask();
        var fourth = limiter.EnterAsync("alpha", _time, CancellationToken.None).AsTask();
        var refusal = await Assert.ThrowsAsync<ProviderException>(async () => await limiter.EnterAsync("alpha", _time, CancellationToken.None));
        Assert.Equal(("provider_busy", TimeSpan.FromSeconds(1.5)), (refusal.Code, refusal.RetryAfter));

        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await third.OrTimeout();
        Assert.False(fourth.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        await fourth.OrTimeout();
    }

    [Fact]
    public async Task Who_leaves_the_queue_leaves_his_place()
    {
        var limiter = new ProviderLimiter(new ProviderSettings { MaxConcurrent = 1, RequestsPerSecond = 1, QueueFor = TimeSpan.FromSeconds(30) });
        await limiter.EnterAsync("alpha", _time, CancellationToken.None);
        limiter.Leave();

        using var gone = new CancellationTokenSource();
        var waiting = limiter.EnterAsync("alpha", _time, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.OrTimeout());

        _time.Advance(TimeSpan.FromSeconds(5));
        await limiter.EnterAsync("alpha", _time, CancellationToken.None).AsTask().OrTimeout();
    }
}
