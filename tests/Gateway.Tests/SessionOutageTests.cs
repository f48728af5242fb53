using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Voice.Gateway.Sessions;
using Voice.Offline.Servers;

namespace Gateway.Tests;

/// <summary>What becomes of who is signed in when Redis goes away, and what two gateways tell each other.</summary>
public sealed class SessionOutageTests
{
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Redis_gone_lets_go_on_who_was_seen_a_minute_ago_and_nobody_else()
    {
        var server = await RedisServer.StartAsync(BackingServers.NewFolder("redis"));
        using var redis = await ConnectAsync(server.ConnectionString);
        var sessions = Create(redis);
        var fresh = await sessions.StartAsync("user_1", "org_a", null, null, "password", CancellationToken.None);
        var unseen = await Create(redis).StartAsync("user_1", "org_a", null, null, "password", CancellationToken.None);
        await server.DisposeAsync();

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(fresh.Id, (await sessions.CheckAsync(fresh.Id, CancellationToken.None).AsTask().OrTimeout()).Session?.Id);
        Assert.Equal(SessionCheck.NotKnown, await sessions.CheckAsync(unseen.Id, CancellationToken.None).AsTask().OrTimeout());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SessionCheck.NotKnown, await sessions.CheckAsync(fresh.Id, CancellationToken.None).AsTask().OrTimeout());
        await Assert.ThrowsAsync<SessionsUnavailableException>(() =>
            sessions.StartAsync("user_1", "org_a", null, null, "password", CancellationToken.None).OrTimeout());
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => sessions.RevokeAsync("user_1", fresh.Id, CancellationToken.None).OrTimeout());
    }

    [Fact]
    public async Task A_revocation_at_one_gateway_is_felt_at_the_other_at_once()
    {
        var server = await BackingServers.RedisAsync();
        using var redis = await ConnectAsync(server.ConnectionString);
        using var otherRedis = await ConnectAsync(server.ConnectionString);
        var (one, other) = (Create(redis), Create(otherRedis));
        await one.StartAsync(CancellationToken.None);
        await other.StartAsync(CancellationToken.None);
        var session = await one.StartAsync("user_2", "org_a", null, null, "password", CancellationToken.None);
        Assert.NotNull((await other.CheckAsync(session.Id, CancellationToken.None)).Session);

        Assert.True(await one.RevokeAsync("user_2", session.Id, CancellationToken.None));

        // Time stands still: nothing but the message makes the other look again.
        await Deadline.Until(async () => (await other.CheckAsync(session.Id, CancellationToken.None)).Session is null);
    }

    private SignInSessions Create(IConnectionMultiplexer redis)
    {
        var options = Options.Create(new SignInSessionOptions());
        return new SignInSessions(new SessionStore(redis, options, _time), redis, options, _time, NullLogger<SignInSessions>.Instance);
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(string connection)
    {
        var options = ConfigurationOptions.Parse(connection);
        options.AbortOnConnectFail = false;
        return await ConnectionMultiplexer.ConnectAsync(options);
    }
}
