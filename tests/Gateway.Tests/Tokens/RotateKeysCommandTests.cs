using System.Text.Json;
using Voice.Gateway.Tokens;

namespace Gateway.Tests.Tokens;

public sealed class RotateKeysCommandTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Keys_are_published_before_they_take_over_and_at_once_where_the_old_ones_are_known_to_others()
    {
        var before = await PublishedAsync();
        var (code, said) = await RunAsync();
        Assert.Equal(0, code);
        Assert.Contains("access", said, StringComparison.Ordinal);
        Assert.Contains("in 60 minutes", said, StringComparison.Ordinal);
        Assert.Equal(2, await RotationsAsync("no"));

        (code, said) = await RunAsync("--compromised");
        Assert.Equal(0, code);
        Assert.Contains("takes over now", said, StringComparison.Ordinal);
        Assert.Equal(2, await RotationsAsync("yes"));
        // What the old ones signed is worth nothing: nobody is told of them any more, once the gateway has looked.
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await Deadline.Until(async () => !(await PublishedAsync()).Intersect(before).Any());
        Assert.NotEmpty(await PublishedAsync());
    }

    [Theory]
    [InlineData("--now")]
    [InlineData("--compromised", "twice")]
    public async Task What_is_not_understood_changes_nothing(params string[] arguments)
    {
        var before = await gateway.Database.ScalarAsync<long>("select count(*) from identity.signing_keys");
        var (code, said) = await RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Contains("Usage", said, StringComparison.Ordinal);
        Assert.Equal(before, await gateway.Database.ScalarAsync<long>("select count(*) from identity.signing_keys"));
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await RotateKeysCommand.RunAsync(gateway.Provider, ["rotate-keys", .. arguments], output, CancellationToken.None).OrTimeout();
        return (code, output.ToString());
    }

    private async Task<List<string>> PublishedAsync()
    {
        using var client = gateway.Anonymous();
        var keys = JsonDocument.Parse(await client.GetStringAsync("/.well-known/jwks.json")).RootElement.GetProperty("keys");
        return [.. keys.EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }

    private Task<long> RotationsAsync(string compromised) => gateway.Database.ScalarAsync<long>(
        $"select count(*) from identity.audit_entries where action = 'signing_key.rotate' and details->>'compromised' = '{compromised}'");
}
