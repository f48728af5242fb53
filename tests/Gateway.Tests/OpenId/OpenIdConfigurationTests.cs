using Microsoft.Extensions.Options;
using Voice.Gateway.OpenId;
using Voice.Gateway.Routing;

namespace Gateway.Tests.OpenId;

public sealed class OpenIdConfigurationTests
{
    [Theory]
    [InlineData("Authority", "http://provider.example")]
    [InlineData("Authority", "provider")]
    [InlineData("Authority", "https://provider.example/?x=1")]
    [InlineData("ClientId", " ")]
    [InlineData("Scopes", "email profile")]
    [InlineData("Timeout", "00:05:00")]
    public async Task A_provider_that_is_configured_wrongly_keeps_the_gateway_from_starting_and_the_key_is_named(string key, string value)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var factory = GatewayHost.CreateFactory(database, RouteTable.Services.ToDictionary(s => s, _ => "http://127.0.0.1:1"), TimeProvider.System)
            .With("OpenId:Providers:test:Authority", "https://provider.example").With("OpenId:Providers:test:ClientId", "voice")
            .With($"OpenId:Providers:test:{key}", value);
        var failure = Assert.Throws<OptionsValidationException>(factory.StartServer);
        Assert.StartsWith($"OpenId:Providers:test:{key}", failure.Failures.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("provider.example", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://provider.example", true)]
    [InlineData("http://127.0.0.1:8081", true)]
    [InlineData("http://localhost:8081/realm", true)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("ftp://localhost", false)]
    public void Only_this_machine_is_spoken_to_in_the_clear(string address, bool safe) => Assert.Equal(safe, OpenIdOptionsValidator.IsSafe(new Uri(address)));

    [Theory]
    [InlineData("Two words")]
    [InlineData("../x")]
    [InlineData("")]
    public void A_name_that_is_no_part_of_an_address_is_refused(string name)
    {
        var options = new OpenIdOptions { Providers = { [name] = new() { Authority = new Uri("https://provider.example"), ClientId = "voice" } } };
        Assert.True(new OpenIdOptionsValidator().Validate(null, options).Failed);
    }
}
