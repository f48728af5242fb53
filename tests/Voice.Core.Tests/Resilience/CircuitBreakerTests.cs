using Voice.Core.Resilience;

namespace Voice.Core.Tests.Resilience;

public sealed class CircuitBreakerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ProviderResilienceOptions _options = new();
    private readonly List<BreakerState> _changes = [];

    [Fact]
    public void A_model_that_failed_repeatedly_is_left_alone()
    {
        var breaker = Failing(4);
        Assert.True(breaker.TryEnter());
        breaker.Failed();

        Assert.False(breaker.TryEnter());
        Assert.Equal([BreakerState.Open], _changes);
    }

    [Fact]
    public void Failures_among_more_successes_open_nothing()
    {
        var breaker = Breaker();
        for (var i = 0; i < 20; i++)
        {
            breaker.Succeeded();
        }

        for (var i = 0; i < 19; i++)
        {
            breaker.Failed();
        }

        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void Failures_of_long_ago_do_not_count()
    {
        var breaker = Failing(4);
        _time.Advance(_options.BreakerWindow);
        breaker.Failed();

        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void After_the_pause_one_call_tries_for_all()
    {
        var breaker = Failing(5);
        _time.Advance(_options.BreakerPause);

        Assert.True(breaker.TryEnter());
        Assert.False(breaker.TryEnter());
        breaker.Succeeded();
        Assert.True(breaker.TryEnter());
        Assert.Equal([BreakerState.Open, BreakerState.HalfOpen, BreakerState.Closed], _changes);
    }

    [Fact]
    public void The_pause_doubles_while_the_trial_fails_up_to_its_limit()
    {
        var breaker = Failing(5);
        var pause = _options.BreakerPause;
        for (var i = 0; i < 6; i++)
        {
            _time.Advance(pause - TimeSpan.FromMilliseconds(1));
            Assert.False(breaker.TryEnter());
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(breaker.TryEnter());
            breaker.Failed();
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _options.LongestBreakerPause.Ticks));
        }

        Assert.Equal(_options.LongestBreakerPause, pause);
    }

    [Fact]
    public void A_trial_that_its_caller_gave_up_leaves_the_place_to_the_next()
    {
        var breaker = Failing(5);
        _time.Advance(_options.BreakerPause);
        Assert.True(breaker.TryEnter());
        breaker.Abandoned();

        Assert.True(breaker.TryEnter());
    }

    [Fact]
    public void One_success_after_the_pause_forgets_the_failures()
    {
        var breaker = Failing(5);
        _time.Advance(_options.BreakerPause);
        breaker.TryEnter();
        breaker.Succeeded();
        breaker.Failed();

        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    private CircuitBreaker Breaker() => new(_options, _time, _changes.Add);

    private CircuitBreaker Failing(int times)
    {
        var breaker = Breaker();
        for (var i = 0; i < times; i++)
        {
            breaker.Failed();
        }

        return breaker;
    }
}
