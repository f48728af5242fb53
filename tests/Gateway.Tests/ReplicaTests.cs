using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Gateway.Tests;

public sealed class ReplicaTests
{
    [Fact]
    public async Task A_replica_that_is_gone_is_found_out_and_not_asked_any_more()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = await FakeServices.StartAsync();
        // Nobody listens at the second address.
        await using var factory = GatewayHost.CreateFactory(database, services.Addresses, TimeProvider.System).With("services:voice-api:http:1", "http://127.0.0.1:9");
        await factory.WithCacheAsync();
        factory.StartServer();
        using var client = new HttpClient { BaseAddress = factory.ClientOptions.BaseAddress };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {GatewayHost.ApiKey}");
        var cluster = factory.Services.GetRequiredService<IProxyStateLookup>().GetClusters().Single(one => one.ClusterId == "voice-api-60s");
        Assert.Equal(2, cluster.Destinations.Count);

        await Deadline.Until(async () =>
        {
            (await client.GetAsync("/api/v1/agents")).Dispose();
            // What the gateway's own question found stays so until it is answered; what failed requests found is tried again by itself.
            return cluster.Destinations["voice-api-1"].Health.Active == DestinationHealth.Unhealthy;
        });

        for (var i = 0; i < 20; i++)
        {
            using var response = await client.GetAsync("/api/v1/agents");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
