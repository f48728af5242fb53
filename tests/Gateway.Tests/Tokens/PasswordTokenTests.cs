using System.Net;
using Gateway.Tests.People;

namespace Gateway.Tests.Tokens;

public sealed class PasswordTokenTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Path = "/api/v1/auth/tokens/password";

    [Fact]
    public async Task Password_alone_gives_tokens_that_work_refresh_and_are_listed_and_written_down()
    {
        var email = NewEmail();
        var userId = await gateway.NewUserOfOwnAsync(email);
        using var client = gateway.Anonymous();
        using var response = await client.PostAsync(Path, new { email = email.ToUpperInvariant(), password = GatewayHost.AdminPassword, device = "Night report", scopes = new[] { "sessions:read" } });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.True(response.Headers.CacheControl!.NoStore);
        var tokens = await response.JsonAsync();
        Assert.Equal("sessions:read", tokens.GetProperty("scope").GetString());
        using var program = gateway.WithToken(tokens.Access());
        Assert.Equal(userId, await program.UserIdAsync());
        using var refreshed = await gateway.RefreshAsync(tokens.Refresh());
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);

        using var browser = await gateway.SignedInAsync(email);
        var sessions = (await (await browser.GetAsync("/api/v1/auth/sessions")).JsonAsync()).GetProperty("data").EnumerateArray();
        Assert.Contains(sessions, s => s.GetProperty("device").GetString() == "Night report" && s.GetProperty("method").GetString() == "password");
        Assert.Equal(1, await ActsAsync(userId, "succeeded"));
    }

    [Fact]
    public async Task A_second_factor_goes_with_the_password_and_a_code_is_good_once()
    {
        var email = NewEmail();
        var userId = await gateway.NewUserOfOwnAsync(email);
        using var browser = await gateway.SignedInAsync(email);
        var (secret, recovery) = await gateway.EnrolAsync(browser);
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        using var client = gateway.Anonymous();
        using var without = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword });
        await HttpAssert.IsErrorAsync(without, HttpStatusCode.Unauthorized, "second_factor_required");
        using var wrong = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword, code = "000000" });
        await HttpAssert.IsErrorAsync(wrong, HttpStatusCode.Unauthorized, "invalid_code");
        var code = gateway.Code(secret);
        using var right = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword, code });
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        using var again = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword, code });
        await HttpAssert.IsErrorAsync(again, HttpStatusCode.Unauthorized, "invalid_code");
        using var byRecovery = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword, code = recovery[0] });
        Assert.Equal(HttpStatusCode.OK, byRecovery.StatusCode);
        Assert.Equal(2, await ActsAsync(userId, "succeeded"));
    }

    [Fact]
    public async Task Tries_are_counted_with_those_of_the_sign_in_page_and_a_right_code_needs_a_right_password()
    {
        var email = NewEmail();
        await gateway.NewUserOfOwnAsync(email);
        using var client = gateway.Anonymous();
        for (var i = 0; i < 3; i++)
        {
            using var wrong = await client.PostAsync(Path, new { email, password = $"wrong {i}", code = "123456" });
            await HttpAssert.IsErrorAsync(wrong, HttpStatusCode.Unauthorized, "invalid_sign_in");
        }

        for (var i = 0; i < 2; i++)
        {
            using var page = await client.PostAsync("/api/v1/auth/sign-in", new { email, password = $"wrong {i}" });
            Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        }

        using var refused = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword });
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.TooManyRequests, "too_many_sign_ins");
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Guessed_codes_are_limited_too()
    {
        var email = NewEmail();
        await gateway.NewUserOfOwnAsync(email);
        using var browser = await gateway.SignedInAsync(email);
        var (secret, _) = await gateway.EnrolAsync(browser);
        gateway.Time.Advance(TimeSpan.FromMinutes(2));
        using var client = gateway.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword, code = $"00000{i}" });
            await HttpAssert.IsErrorAsync(wrong, HttpStatusCode.Unauthorized, "invalid_code");
        }

        using var refused = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword, code = gateway.Code(secret) });
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.TooManyRequests, "too_many_sign_ins");
    }

    [Fact]
    public async Task Unknown_accounts_and_wrong_passwords_are_the_same_and_nobody_gets_more_than_they_have()
    {
        var email = NewEmail();
        await gateway.NewUserOfOwnAsync(email, role: "viewer");
        using var client = gateway.Anonymous();
        using var wrong = await client.PostAsync(Path, new { email, password = "wrong" });
        using var unknown = await client.PostAsync(Path, new { email = NewEmail(), password = "wrong" });
        Assert.Equal((await wrong.JsonAsync()).GetProperty("detail").GetString(), (await unknown.JsonAsync()).GetProperty("detail").GetString());
        using var more = await client.PostAsync(Path, new { email, password = GatewayHost.AdminPassword, scopes = new[] { "keys:manage" } });
        await HttpAssert.IsErrorAsync(more, HttpStatusCode.BadRequest, "invalid_scope");
        using var nothing = await client.PostAsync(Path, new { email });
        await HttpAssert.IsErrorAsync(nothing, HttpStatusCode.BadRequest, "invalid_request");
    }

    private static string NewEmail() => $"program-{Guid.NewGuid():n}@example.com";

    private async Task<long> ActsAsync(string userId, string result)
    {
        await using var command = gateway.Database.DataSource.CreateCommand("select count(*) from identity.audit_entries where action = 'token.create' and actor_id = $1 and result = $2");
        command.Parameters.Add(new() { Value = userId });
        command.Parameters.Add(new() { Value = result });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
