using Voice.Gateway.Routing;

namespace Gateway.Tests;

public sealed class SeedTests
{
    private static readonly Dictionary<string, string> Nowhere = RouteTable.Services.ToDictionary(s => s, _ => "http://127.0.0.1:9");

    [Theory]
    [InlineData("Seed:AdminPassword", null)]
    [InlineData("Seed:AdminPassword", "short")]
    [InlineData("Seed:ApiKey", null)]
    public async Task The_first_start_without_a_secret_fails_and_names_it_but_never_its_value(string key, string? value)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var factory = GatewayHost.CreateFactory(database, Nowhere, TimeProvider.System).With(key, value);
        var exception = Assert.Throws<InvalidOperationException>(factory.StartServer);
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value ?? GatewayHost.ApiKey, exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from identity.users"));
    }

    [Fact]
    public async Task Later_starts_need_no_secret_and_change_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var first = GatewayHost.CreateFactory(database, Nowhere, TimeProvider.System))
        {
            first.StartServer();
        }

        var before = await database.ScalarAsync<string>("select password_hash from identity.users");
        await using (var second = GatewayHost.CreateFactory(database, Nowhere, TimeProvider.System).With("Seed:AdminPassword", null).With("Seed:ApiKey", "another secret value"))
        {
            second.StartServer();
        }

        Assert.Equal(before, await database.ScalarAsync<string>("select password_hash from identity.users"));
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from identity.api_keys"));
        Assert.DoesNotContain(GatewayHost.AdminPassword, before, StringComparison.Ordinal);
        Assert.Equal(32, await database.ScalarAsync<int>("select octet_length(key_sha256) from identity.api_keys"));
    }

    [Theory]
    [InlineData("services:web:http:0")]
    [InlineData("Auth:SigningKey")]
    public async Task A_gateway_that_lacks_an_address_or_the_signing_key_does_not_start(string key)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var factory = GatewayHost.CreateFactory(database, Nowhere, TimeProvider.System).With(key, "");
        Assert.ThrowsAny<Exception>(factory.StartServer);
    }

    [Fact]
    public async Task A_limit_out_of_range_stops_the_start()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var factory = GatewayHost.CreateFactory(database, Nowhere, TimeProvider.System).With("SignIn:TriesPerAddress", "0");
        Assert.ThrowsAny<Exception>(factory.StartServer);
    }
}
