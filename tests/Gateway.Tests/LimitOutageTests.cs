using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Voice.Gateway.Limits;
using Voice.Offline.Servers;

namespace Gateway.Tests;

public sealed class LimitOutageTests
{
    [Fact]
    public async Task Without_redis_each_gateway_lets_in_its_share_and_when_it_is_back_that_is_not_given_twice()
    {
        await using var redis = await RedisServer.StartAsync(BackingServers.NewFolder("redis"));
        await using var host = await LimitsHost.StartAsync(new() { ["Key:Permits"] = "40", ["Key:Window"] = "1.00:00:00" }, gateways: 2, cache: $"{redis.ConnectionString},connectTimeout=500");
        // Both must know of each other before Redis goes.
        await Deadline.Until(() => Task.FromResult(host.Get<GatewayCount>(1).Value == 2));
        host.Get<GatewayCount>(0).Value = 2;
        using HttpClient first = host.Client(0), second = host.Client(1);
        Assert.Equal((1, 0), await AskAsync(first, 1));

        var (port, password) = (redis.Port, redis.Password);
        await redis.DisposeAsync();
        Assert.Equal((20, 5), await AskAsync(first, 25));
        Assert.Equal((20, 5), await AskAsync(second, 25));

        await using var again = await RedisServer.StartAsync(BackingServers.NewFolder("redis"), port, password);
        // Redis lost what it knew; what was let in meanwhile is charged, by each gateway when it asks again. As long as only one has, it may let in more:
        // that is debt then, not a gift.
        var key = await host.Database.ScalarAsync<string>("select id from identity.api_keys");
        var bucket = $"{LimitScript.Prefix(host.Get<IOptions<LimitOptions>>().Value.Installation)}key:{key}";
        await Deadline.Until(async () =>
        {
            await AskAsync(first, 1);
            await AskAsync(second, 1);
            return await FullInAsync(host, bucket) >= TimeSpan.FromDays(1) * (39.5 / 40);
        });
        Assert.Equal(0, (await AskAsync(first, 10)).Allowed);
        Assert.Equal(0, (await AskAsync(second, 10)).Allowed);
    }

    /// <summary>A bucket is forgotten a second after it is full.</summary>
    private static async Task<TimeSpan?> FullInAsync(LimitsHost host, string bucket)
    {
        try
        {
            return await host.Get<IConnectionMultiplexer>().GetDatabase().KeyTimeToLiveAsync(bucket);
        }
        catch (RedisException)
        {
            return null;
        }
    }

    private static async Task<(int Allowed, int Refused)> AskAsync(HttpClient client, int times)
    {
        var (allowed, refused) = (0, 0);
        for (var i = 0; i < times; i++)
        {
            using var response = await client.GetAsync("/api/v1/agents");
            (allowed, refused) = response.StatusCode == HttpStatusCode.OK ? (allowed + 1, refused)
                : response.StatusCode == HttpStatusCode.TooManyRequests ? (allowed, refused + 1)
                : throw new InvalidOperationException(response.StatusCode.ToString());
        }

        return (allowed, refused);
    }
}
