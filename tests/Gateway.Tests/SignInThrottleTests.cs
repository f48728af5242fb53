using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Voice.Gateway.SignIn;

namespace Gateway.Tests;

/// <summary>The rules hold in Redis, counted together by all gateways, and in the memory of one that has lost it.</summary>
public sealed class SignInThrottleTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly SignInLimits _limits = new() { TriesPerAccountAndAddress = 3, TriesPerAddress = 6, TriesPerAccount = 8, Window = Minute };
    private ConnectionMultiplexer? _redis;
    private ConnectionMultiplexer? _nowhere;

    public async Task InitializeAsync()
    {
        _redis = await ConnectionMultiplexer.ConnectAsync(await BackingServers.NewRedisDatabaseAsync());
        _nowhere = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,connectTimeout=100,syncTimeout=100,abortConnect=false,connectRetry=1");
    }

    public Task DisposeAsync()
    {
        _redis?.Dispose();
        _nowhere?.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BeginSignInAsync_OneAccountFromOneAddress_PausesLongerEachTime(bool withRedis)
    {
        var throttle = Create(withRedis);
        foreach (var pause in new[] { Minute, Minute * 2, Minute * 4, Minute * 8 })
        {
            Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, pause], await TriesAsync(throttle, "a", "x", 4));
            _time.Advance(pause - TimeSpan.FromSeconds(20));
            Assert.Equal(TimeSpan.FromSeconds(20), await throttle.BeginSignInAsync("a", "x", default));
            _time.Advance(TimeSpan.FromSeconds(20));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BeginSignInAsync_NoEndOfTries_PausesAnHourAtMost(bool withRedis)
    {
        var throttle = Create(withRedis);
        var longest = TimeSpan.Zero;
        for (var i = 0; i < 60; i++)
        {
            var wait = await throttle.BeginSignInAsync("a", "x", default);
            longest = wait > longest ? wait : longest;
            _time.Advance(wait);
        }

        Assert.Equal(TimeSpan.FromHours(1), longest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BeginSignInAsync_ManyAccountsFromOneAddress_StopsAtTheLimitOfTheAddress(bool withRedis)
    {
        var throttle = Create(withRedis);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(TimeSpan.Zero, await throttle.BeginSignInAsync("a", $"account {i}", default));
        }

        Assert.Equal(Minute, await throttle.BeginSignInAsync("a", "one more", default));
        Assert.Equal(TimeSpan.Zero, await throttle.BeginSignInAsync("b", "one more", default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BeginSignInAsync_OneAccountFromManyAddresses_StopsAtTheLimitOfTheAccount(bool withRedis)
    {
        var throttle = Create(withRedis);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(TimeSpan.Zero, await throttle.BeginSignInAsync($"address {i}", "x", default));
        }

        Assert.Equal(Minute, await throttle.BeginSignInAsync("one more", "x", default));
        Assert.Equal(TimeSpan.Zero, await throttle.BeginSignInAsync("one more", "y", default));
    }

    [Fact]
    public async Task BeginSignInAsync_FromWhereTheOwnerSignsIn_IsNotKeptOutByStrangers()
    {
        var throttle = Create(withRedis: true);
        Assert.Equal(TimeSpan.Zero, await throttle.BeginSignInAsync("home", "x", default));
        await throttle.SucceededAsync("home", "x", default);
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(TimeSpan.Zero, await throttle.BeginSignInAsync($"address {i}", "x", default));
        }

        Assert.Equal(Minute, await throttle.BeginSignInAsync("elsewhere", "x", default));
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Minute], await TriesAsync(throttle, "home", "x", 4));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SucceededAsync_GivesThePairItsTriesBack(bool withRedis)
    {
        var throttle = Create(withRedis);
        await TriesAsync(throttle, "a", "x", 2);
        await throttle.SucceededAsync("a", "x", default);
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Minute], await TriesAsync(throttle, "a", "x", 4));
    }

    [Fact]
    public async Task Parallel_tries_at_two_gateways_are_counted_as_one_does()
    {
        using var other = await ConnectionMultiplexer.ConnectAsync(_redis!.Configuration);
        SignInThrottle[] gateways = [Create(withRedis: true), Create(other)];
        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => gateways[i % 2].BeginSignInAsync("a", "x", default))).OrTimeout();
        Assert.Equal(3, waits.Count(w => w == TimeSpan.Zero));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Codes_and_requests_have_limits_of_their_own(bool withRedis)
    {
        var throttle = Create(withRedis);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(TimeSpan.Zero, await throttle.BeginCodeAsync("user_1", default));
        }

        Assert.Equal(Minute, await throttle.BeginCodeAsync("user_1", default));
        Assert.Equal(TimeSpan.Zero, await throttle.BeginCodeAsync("user_2", default));
        await throttle.CodeSucceededAsync("user_1", default);
        Assert.Equal(TimeSpan.Zero, await throttle.BeginCodeAsync("user_1", default));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(TimeSpan.Zero, await throttle.BeginRequestAsync("a", default));
        }

        Assert.Equal(Minute, await throttle.BeginRequestAsync("a", default));
    }

    private static async Task<List<TimeSpan>> TriesAsync(SignInThrottle throttle, string address, string account, int times)
    {
        var waits = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            waits.Add(await throttle.BeginSignInAsync(address, account, default));
        }

        return waits;
    }

    private SignInThrottle Create(bool withRedis) => Create(withRedis ? _redis! : _nowhere!);

    private SignInThrottle Create(IConnectionMultiplexer redis) => new(redis, Options.Create(_limits), _time, NullLogger<SignInThrottle>.Instance);
}
