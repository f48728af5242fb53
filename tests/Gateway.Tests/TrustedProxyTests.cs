namespace Gateway.Tests;

public sealed class TrustedProxyTests
{
    [Theory]
    [InlineData(null, "203.0.113.9", "127.0.0.1")]
    [InlineData("192.0.2.0/24", "203.0.113.9", "127.0.0.1")]
    [InlineData("127.0.0.0/8", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "198.51.100.1, 203.0.113.9", "203.0.113.9")]
    public async Task Only_a_proxy_that_was_named_may_say_where_a_request_comes_from(string? trusted, string said, string seenAs)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = await FakeServices.StartAsync();
        await using var factory = GatewayHost.CreateFactory(database, services.Addresses, TimeProvider.System);
        if (trusted is not null)
        {
            factory.With("Edge:TrustedProxies:0", trusted);
        }

        await factory.WithCacheAsync();
        factory.StartServer();
        using var client = new HttpClient { BaseAddress = factory.ClientOptions.BaseAddress };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {GatewayHost.ApiKey}");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", said);

        (await client.GetAsync("/api/v1/agents")).Dispose();

        Assert.Equal(seenAs, Assert.Single(services.Seen).Header("X-Forwarded-For").Replace("::ffff:", "", StringComparison.Ordinal));
    }
}
