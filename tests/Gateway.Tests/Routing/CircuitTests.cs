using Voice.Gateway.Routing.Resilience;

namespace Gateway.Tests.Routing;

public sealed class CircuitTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ResilienceOptions _options = new() { FailuresToBreak = 5, BreakFor = TimeSpan.FromSeconds(3) };

    [Fact]
    public void It_opens_when_nothing_is_answered_in_a_row_and_an_answer_in_between_starts_the_row_again()
    {
        var circuit = Create();
        Assert.All(Enumerable.Range(0, 4), _ => Assert.False(circuit.Failed()));
        circuit.Answered();
        Assert.All(Enumerable.Range(0, 4), _ => Assert.False(circuit.Failed()));
        Assert.True(circuit.IsClosed);

        Assert.True(circuit.Failed());
        Assert.False(circuit.IsClosed);
        Assert.Equal(TimeSpan.FromSeconds(3), circuit.Remaining);
    }

    [Fact]
    public void It_opens_when_half_of_the_requests_of_a_while_fail_though_never_five_in_a_row()
    {
        var circuit = Create();
        for (var i = 0; i < 9; i++)
        {
            Assert.False(circuit.Failed());
            circuit.Answered();
        }

        Assert.True(circuit.Failed());
    }

    [Fact]
    public void A_share_that_is_small_or_long_ago_opens_nothing()
    {
        var circuit = Create();
        for (var i = 0; i < 30; i++)
        {
            Assert.False(circuit.Failed());
            circuit.Answered();
            circuit.Answered();
        }

        for (var i = 0; i < 30; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            Assert.False(circuit.Failed());
            circuit.Answered();
        }
    }

    [Fact]
    public void One_request_at_a_time_finds_out_whether_it_is_back()
    {
        var circuit = Opened();
        Assert.False(circuit.TryProbe());
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(circuit.TryProbe());
        Assert.False(circuit.TryProbe());

        // It hangs: the next one does not wait for it.
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(circuit.TryProbe());
        Assert.False(circuit.Failed());
        Assert.False(circuit.IsClosed);

        Assert.True(circuit.Answered());
        Assert.True(circuit.IsClosed);
        Assert.False(circuit.TryProbe());
        Assert.Equal(TimeSpan.Zero, circuit.Remaining);
    }

    [Fact]
    public void After_it_has_closed_it_takes_as_many_failures_as_before_to_open_it()
    {
        var circuit = Opened();
        circuit.Answered();
        Assert.All(Enumerable.Range(0, 4), _ => Assert.False(circuit.Failed()));
        Assert.True(circuit.Failed());
    }

    [Fact]
    public async Task Only_one_of_many_gets_the_try()
    {
        var circuit = Opened();
        _time.Advance(TimeSpan.FromSeconds(3));
        var tries = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(circuit.TryProbe)));
        Assert.Single(tries, passed => passed);
    }

    [Fact]
    public void A_budget_lets_a_tenth_through_and_what_was_saved()
    {
        var budget = new RetryBudget(0.1);
        var taken = 0;
        for (var i = 0; i < 1000; i++)
        {
            budget.Earn();
            taken += budget.TryTake() ? 1 : 0;
        }

        Assert.InRange(taken, 105, 110);
        Assert.False(new RetryBudget(0).TryTake());
    }

    private Circuit Opened()
    {
        var circuit = Create();
        for (var i = 0; i < 5; i++)
        {
            circuit.Failed();
        }

        Assert.False(circuit.IsClosed);
        return circuit;
    }

    private Circuit Create() => new("voice-api", _options, _time);
}
