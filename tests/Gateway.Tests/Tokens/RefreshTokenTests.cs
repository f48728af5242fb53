using Npgsql;
using Voice.Gateway.Sessions;
using Voice.Gateway.Tokens;
using Voice.ServiceDefaults.Identity;

namespace Gateway.Tests.Tokens;

public sealed class RefreshTokenTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task A_use_holds_no_connection_while_it_asks_whether_the_session_may_go_on()
    {
        var userId = await gateway.NewUserOfOwnAsync("narrow@example.com");
        var now = gateway.Time.GetUtcNow();
        var session = new SignInSession($"s_{Guid.NewGuid():n}", userId, "org_default", "test", "127.0.0.1", "password", now, now, now.AddDays(1), now);
        // The answer needs a connection: with as many refreshes at once as the pool has, each would wait for the others.
        await using var narrow = NpgsqlDataSource.Create(gateway.Database.ConnectionString + ";Maximum Pool Size=1;Timeout=2");
        var tokens = new RefreshTokens(narrow, gateway.Time);
        var first = await tokens.StartAsync(session, ScopeSet.Parse("agents:read"), CancellationToken.None);

        var outcome = await tokens.UseAsync(
            first,
            async (_, _) =>
            {
                await using var connection = await narrow.OpenConnectionAsync();
                return true;
            },
            CancellationToken.None).OrTimeout();

        Assert.NotNull(outcome.Next);
        Assert.Equal((userId, session.Id), (outcome.UserId, outcome.SessionId));
    }
}
