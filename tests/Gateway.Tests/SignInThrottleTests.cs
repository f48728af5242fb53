using Microsoft.Extensions.Options;
using Voice.Gateway.SignIn;

namespace Gateway.Tests;

public sealed class SignInThrottleTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly SignInLimits _limits = new() { TriesPerAccountAndAddress = 3, TriesPerAddress = 5, TriesPerAccount = 8, Window = TimeSpan.FromMinutes(1) };

    [Fact]
    public void TryBegin_OneAccountFromOneAddress_StopsAtItsLimitAndSaysWhenToComeBack()
    {
        var throttle = Create();
        Assert.True(Begin(throttle, "a", "x", times: 3));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(throttle.TryBegin("a", "x", out var retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(40), retryAfter);
        _time.Advance(retryAfter);
        Assert.True(throttle.TryBegin("a", "x", out _));
    }

    [Fact]
    public void TryBegin_ManyAccountsFromOneAddress_StopsAtTheLimitOfTheAddress()
    {
        var throttle = Create();
        Assert.True(Enumerable.Range(0, 5).All(i => throttle.TryBegin("a", $"account {i}", out _)));
        Assert.False(throttle.TryBegin("a", "one more", out _));
        Assert.True(throttle.TryBegin("b", "one more", out _));
    }

    [Fact]
    public void TryBegin_OneAccountFromManyAddresses_StopsAtTheLimitOfTheAccount()
    {
        var throttle = Create();
        Assert.True(Enumerable.Range(0, 8).All(i => throttle.TryBegin($"address {i}", "x", out _)));
        Assert.False(throttle.TryBegin("a new address", "x", out _));
    }

    [Fact]
    public void Succeeded_GivesThePairItsTriesBack()
    {
        var throttle = Create();
        Assert.True(Begin(throttle, "a", "x", times: 3));
        throttle.Succeeded("a", "x");
        Assert.True(throttle.TryBegin("a", "x", out _));
    }

    private static bool Begin(SignInThrottle throttle, string address, string account, int times) =>
        Enumerable.Range(0, times).All(_ => throttle.TryBegin(address, account, out var _));

    private SignInThrottle Create() => new(Options.Create(_limits), _time);
}
