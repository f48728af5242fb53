using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Voice.Gateway.Limits;

namespace Gateway.Tests;

public sealed class SessionLimitTests
{
    [Fact]
    public async Task Conversations_at_the_same_time_are_counted_over_all_gateways_and_one_that_ends_makes_room()
    {
        await using var host = await LimitsHost.StartAsync(new() { ["ConcurrentSessions"] = "2" }, gateways: 2);
        using var first = await ConnectAsync(host, 0);
        using (await ConnectAsync(host, 1))
        {
            foreach (var gateway in new[] { 0, 1 })
            {
                var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(host, gateway));
                Assert.Contains("429", refused.Message, StringComparison.Ordinal);
            }
        }

        await Deadline.Until(async () =>
        {
            try
            {
                (await ConnectAsync(host, 0)).Dispose();
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task The_sessions_of_a_gateway_that_died_count_no_longer_than_their_lease_and_those_that_live_are_renewed()
    {
        await using var host = await LimitsHost.StartAsync(new() { ["ConcurrentSessions"] = "2", ["SessionLease"] = "00:00:01" });
        using var living = await ConnectAsync(host, 0);
        var options = host.Get<IOptions<LimitOptions>>();
        var dead = new SessionLeases(host.Get<IConnectionMultiplexer>(), options, new GatewayCount(), TimeProvider.System);
        SessionLimit[] limits = [new("organization", $"{LimitScript.Prefix(options.Value.Installation)}sessions:org_default", 2)];
        Assert.NotNull((await dead.AcquireAsync(limits)).Lease);
        Assert.Null((await dead.AcquireAsync(limits)).Lease);

        await Deadline.Until(async () => (await dead.AcquireAsync(limits)).Lease is not null);

        // The dead one's place was taken again; the living one still has its own, many leases later.
        Assert.Null((await dead.AcquireAsync(limits)).Lease);
    }

    private static async Task<ClientWebSocket> ConnectAsync(LimitsHost host, int gateway)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {GatewayHost.ApiKey}");
            var address = new UriBuilder(host.Gateways[gateway].ClientOptions.BaseAddress) { Scheme = "ws", Path = "/v1/realtime", Query = "agent=receptionist" }.Uri;
            await socket.ConnectAsync(address, CancellationToken.None).OrTimeout();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
