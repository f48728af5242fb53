using Voice.ServiceDefaults.Messaging.Postgres;

namespace ServiceDefaults.Tests.Messaging;

public sealed class HandlingPaceTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Who_has_just_begun_claims_nothing_ahead() => Assert.Equal(0, new HandlingPace(_time, 64).Ahead);

    [Fact]
    public void As_many_are_claimed_ahead_as_were_handled_in_the_last_tenth_of_a_second()
    {
        var pace = new HandlingPace(_time, 64);
        pace.Add(5);
        _time.Advance(TimeSpan.FromMilliseconds(60));
        pace.Add(7);
        Assert.Equal(12, pace.Ahead);

        _time.Advance(TimeSpan.FromMilliseconds(60));
        Assert.Equal(7, pace.Ahead);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, pace.Ahead);
    }

    [Fact]
    public void There_is_a_limit_however_quick_the_handlers_are()
    {
        var pace = new HandlingPace(_time, 64);
        pace.Add(1_000);

        Assert.Equal(64, pace.Ahead);
    }
}
