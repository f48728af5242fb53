using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Voice.Offline.Servers;
using Voice.ServiceDefaults.Live;

namespace ServiceDefaults.Tests.Live;

public sealed class LiveChannelTests
{
    [Fact]
    public async Task A_message_reaches_every_subscriber_of_its_session_and_no_other()
    {
        using var redis = await ConnectAsync((await BackingServers.RedisAsync()).ConnectionString);
        var channel = new LiveChannel(redis, NullLogger<LiveChannel>.Instance);
        var (mine, also, other) = (new ConcurrentQueue<LiveIntervention>(), new ConcurrentQueue<LiveIntervention>(), new ConcurrentQueue<LiveIntervention>());
        var session = $"sess_{Guid.NewGuid():n}";
        await using var first = await channel.SubscribeAsync(session, mine.Enqueue, CancellationToken.None);
        await using var second = await channel.SubscribeAsync(session, also.Enqueue, CancellationToken.None);
        await using var third = await channel.SubscribeAsync(session + "x", other.Enqueue, CancellationToken.None);

        var sent = Intervention(session, "도움이 필요하시면 \"109\"");
        await channel.PublishAsync(sent, CancellationToken.None);
        await Deadline.Until(() => Task.FromResult(!mine.IsEmpty && !also.IsEmpty));
        var received = Assert.Single(mine);
        Assert.Equal(sent.Resources, received.Resources);
        Assert.Equal(sent, received with { Resources = sent.Resources });
        Assert.Single(also);
        Assert.Empty(other);
    }

    [Fact]
    public async Task After_disposing_nothing_arrives_and_the_other_subscriber_stays()
    {
        using var redis = await ConnectAsync((await BackingServers.RedisAsync()).ConnectionString);
        var channel = new LiveChannel(redis, NullLogger<LiveChannel>.Instance);
        var (gone, stays) = (new ConcurrentQueue<LiveIntervention>(), new ConcurrentQueue<LiveIntervention>());
        var session = $"sess_{Guid.NewGuid():n}";
        var leaving = await channel.SubscribeAsync(session, gone.Enqueue, CancellationToken.None);
        await using var staying = await channel.SubscribeAsync(session, stays.Enqueue, CancellationToken.None);
        await leaving.DisposeAsync();
        await channel.PublishAsync(Intervention(session, "one"), CancellationToken.None);
        await Deadline.Until(() => Task.FromResult(!stays.IsEmpty));
        Assert.Empty(gone);
    }

    [Fact]
    public async Task A_subscriber_that_throws_and_a_message_that_is_none_do_not_end_the_subscription()
    {
        using var redis = await ConnectAsync((await BackingServers.RedisAsync()).ConnectionString);
        var channel = new LiveChannel(redis, NullLogger<LiveChannel>.Instance);
        var session = $"sess_{Guid.NewGuid():n}";
        var received = new ConcurrentQueue<string>();
        await using var subscription = await channel.SubscribeAsync(session, message =>
        {
            received.Enqueue(message.Message);
            if (message.Message == "one")
            {
                throw new InvalidOperationException("bad subscriber");
            }
        }, CancellationToken.None);
        await channel.PublishAsync(Intervention(session, "one"), CancellationToken.None);
        await redis.GetSubscriber().PublishAsync(new RedisChannel($"live:{session}", RedisChannel.PatternMode.Literal), "{ no json");
        await channel.PublishAsync(Intervention(session, "two"), CancellationToken.None);
        await Deadline.Until(() => Task.FromResult(received.Count == 2));
        Assert.Equal(["one", "two"], received.Order());
    }

    [Fact]
    public async Task A_subscription_survives_a_restart_of_Redis()
    {
        var folder = BackingServers.NewFolder("redis-restarted");
        var server = await RedisServer.StartAsync(folder);
        var (port, password) = (server.Port, server.Password);
        using var subscriber = await ConnectAsync(server.ConnectionString);
        using var publisher = await ConnectAsync(server.ConnectionString);
        var received = new ConcurrentQueue<string>();
        var session = $"sess_{Guid.NewGuid():n}";
        await using var subscription = await new LiveChannel(subscriber, NullLogger<LiveChannel>.Instance)
            .SubscribeAsync(session, message => received.Enqueue(message.Message), CancellationToken.None);

        await server.DisposeAsync();
        await using var restarted = await RedisServer.StartAsync(folder, port, password);
        var channel = new LiveChannel(publisher, NullLogger<LiveChannel>.Instance);
        await Deadline.Until(async () =>
        {
            try
            {
                await channel.PublishAsync(Intervention(session, "after"), CancellationToken.None);
            }
            catch (RedisConnectionException)
            {
                // Not back yet.
            }

            return !received.IsEmpty;
        }, TimeSpan.FromSeconds(60));
        Assert.Contains("after", received);
    }

    [Fact]
    public async Task Publishing_while_Redis_is_away_fails_and_does_not_hang()
    {
        var server = await RedisServer.StartAsync(BackingServers.NewFolder("redis-stopped"));
        using var redis = await ConnectAsync(server.ConnectionString);
        await server.DisposeAsync();
        var channel = new LiveChannel(redis, NullLogger<LiveChannel>.Instance);
        await Assert.ThrowsAnyAsync<Exception>(() => channel.PublishAsync(Intervention("sess_1", "lost"), CancellationToken.None).OrTimeout());
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.AbortOnConnectFail = false;
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    private static LiveIntervention Intervention(string session, string message) => new(
        "int_1", session, "turn_1", "self_harm", "crisis", "ko", message, [new LiveResource("자살예방상담전화", "109", null)], DateTimeOffset.UnixEpoch);
}
