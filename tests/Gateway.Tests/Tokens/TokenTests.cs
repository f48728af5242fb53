using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace Gateway.Tests.Tokens;

public sealed class TokenTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task A_program_acts_for_its_user_with_the_scopes_that_it_asked_for()
    {
        var tokens = await gateway.CreateAsync("program@example.com", "member", "agents:read");
        Assert.Equal(("Bearer", 900, "agents:read"), (
            tokens.GetProperty("token_type").GetString(), tokens.GetProperty("expires_in").GetInt32(), tokens.GetProperty("scope").GetString()));
        using var client = gateway.WithToken(tokens.Access());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/agents")).StatusCode);
        using var refused = await client.GetAsync("/api/v1/sessions");
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.Forbidden, "insufficient_scope");
    }

    [Fact]
    public async Task A_program_gets_no_scope_that_its_user_does_not_have_and_none_once_the_user_has_it_no_more()
    {
        await gateway.NewUserOfOwnAsync("viewer@example.com", role: "viewer");
        using var viewer = gateway.WithCookie(await gateway.CookieAsync("viewer@example.com"));
        using var refused = await viewer.PostAsJsonAsync("/api/v1/auth/tokens", new { scopes = new[] { "sessions:write" } });
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.BadRequest, "invalid_scope");

        var tokens = await gateway.CreateAsync("demoted@example.com", "member", "sessions:write");
        await gateway.Database.ExecuteAsync("update identity.memberships set role = 'viewer' where user_id in (select id from identity.users where email = 'demoted@example.com')");
        gateway.Time.Advance(TimeSpan.FromSeconds(31));
        using var client = gateway.WithToken(tokens.Access());
        using var now = await client.PostAsync("/v1/realtime/client_secrets", new StringContent("{}", null, "application/json"));
        Assert.Equal(HttpStatusCode.Forbidden, now.StatusCode);
    }

    [Fact]
    public async Task An_access_token_does_not_make_further_tokens()
    {
        using var client = gateway.WithToken((await gateway.CreateAsync("chain@example.com")).Access());
        using var response = await client.PostAsJsonAsync("/api/v1/auth/tokens", new { });
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.Forbidden, "confirmation_required");
    }

    [Fact]
    public async Task An_independent_library_verifies_an_access_token_by_the_published_keys()
    {
        var tokens = await gateway.CreateAsync("jose@example.com");
        var (result, _) = await new OfficialClient("jose.mjs", "verify", gateway.Url, tokens.Access()).RunAsync();
        Assert.Equal(tokens.GetProperty("session_id").GetString(), result.GetProperty("payload").GetProperty("sid").GetString());
        Assert.Equal("ES256", result.GetProperty("protectedHeader").GetProperty("alg").GetString());
    }

    [Fact]
    public async Task An_expired_access_token_is_named_as_such_and_the_refresh_token_gives_the_next()
    {
        var tokens = await gateway.CreateAsync("expiring@example.com");
        gateway.Time.Advance(TimeSpan.FromMinutes(16));
        using var expired = await gateway.WithToken(tokens.Access()).GetAsync("/api/v1/auth/me");
        await HttpAssert.IsErrorAsync(expired, HttpStatusCode.Unauthorized, "expired_token");

        using var refreshed = await gateway.RefreshAsync(tokens.Refresh());
        var next = await refreshed.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, (await gateway.WithToken(next.Access()).GetAsync("/api/v1/auth/me")).StatusCode);
        Assert.Equal("no-store", refreshed.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_refresh_token_used_again_ends_the_family_and_its_access_tokens()
    {
        var first = await gateway.CreateAsync("reuse@example.com");
        var second = await (await gateway.RefreshAsync(first.Refresh())).JsonAsync();
        var third = await (await gateway.RefreshAsync(second.Refresh())).JsonAsync();
        Assert.Equal(HttpStatusCode.OK, (await gateway.WithToken(third.Access()).GetAsync("/api/v1/auth/me")).StatusCode);

        using var stolen = await gateway.RefreshAsync(first.Refresh());
        await HttpAssert.IsErrorAsync(stolen, HttpStatusCode.Unauthorized, "invalid_refresh_token");
        using var owner = await gateway.RefreshAsync(third.Refresh());
        await HttpAssert.IsErrorAsync(owner, HttpStatusCode.Unauthorized, "invalid_refresh_token");
        using var access = await gateway.WithToken(third.Access()).GetAsync("/api/v1/auth/me");
        await HttpAssert.IsErrorAsync(access, HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Equal(1, await gateway.Database.ScalarAsync<long>(
            $"select count(*) from identity.audit_entries where action = 'refresh_token.reuse' and target_id = '{first.GetProperty("session_id").GetString()}'"));
    }

    [Fact]
    public async Task A_lost_answer_can_be_asked_for_again_and_never_leaves_two_good_tokens()
    {
        var first = await gateway.CreateAsync("lost@example.com");
        var lost = await (await gateway.RefreshAsync(first.Refresh())).JsonAsync();
        using var again = await gateway.RefreshAsync(first.Refresh());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        // The lost one turns up in somebody's hands.
        using var stolen = await gateway.RefreshAsync(lost.Refresh());
        await HttpAssert.IsErrorAsync(stolen, HttpStatusCode.Unauthorized, "invalid_refresh_token");
        using var owner = await gateway.RefreshAsync((await again.JsonAsync()).Refresh());
        await HttpAssert.IsErrorAsync(owner, HttpStatusCode.Unauthorized, "invalid_refresh_token");
    }

    [Fact]
    public async Task After_half_a_minute_a_used_refresh_token_is_a_copy()
    {
        var first = await gateway.CreateAsync("late@example.com");
        await gateway.RefreshAsync(first.Refresh());
        gateway.Time.Advance(TimeSpan.FromSeconds(30));
        using var late = await gateway.RefreshAsync(first.Refresh());
        await HttpAssert.IsErrorAsync(late, HttpStatusCode.Unauthorized, "invalid_refresh_token");
    }

    [Fact]
    public async Task Many_uses_of_one_refresh_token_at_once_leave_one_good_token_at_most()
    {
        var first = await gateway.CreateAsync("parallel@example.com");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => gateway.RefreshAsync(first.Refresh())));
        var good = 0;
        foreach (var answer in answers.Where(answer => answer.IsSuccessStatusCode))
        {
            using var next = await gateway.RefreshAsync((await answer.JsonAsync()).Refresh());
            good += next.IsSuccessStatusCode ? 1 : 0;
        }

        Assert.InRange(good, 0, 1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"refresh_token":"rt_unknown"}""")]
    [InlineData("""{"refresh_token":"va_0123456789abcdef"}""")]
    public async Task What_is_no_refresh_token_is_refused(string body)
    {
        using var client = gateway.Anonymous();
        using var refused = await client.PostAsync("/api/v1/auth/tokens/refresh", new StringContent(body, null, "application/json"));
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.Unauthorized, "invalid_refresh_token");
        using var revoked = await client.PostAsync("/api/v1/auth/tokens/revoke", new StringContent(body, null, "application/json"));
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
    }

    [Fact]
    public async Task A_revoked_session_opens_no_socket_though_its_access_token_is_well_signed()
    {
        var tokens = await gateway.CreateAsync("socket@example.com");
        using (await ConnectAsync(tokens.Access()))
        {
            // It did before.
        }

        using var client = gateway.Anonymous();
        using var revoked = await client.PostAsJsonAsync("/api/v1/auth/tokens/revoke", new { refresh_token = tokens.Refresh() });
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(tokens.Access()));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_tokens_are_stored_as_hashes_only()
    {
        var tokens = await gateway.CreateAsync("hashed@example.com");
        Assert.Equal(1, await gateway.Database.ScalarAsync<long>(
            $"select count(*) from identity.refresh_tokens where token_sha256 = sha256('{tokens.Refresh()}'::bytea)"));
    }

    private async Task<ClientWebSocket> ConnectAsync(string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(new UriBuilder(new Uri(gateway.Url, "/v1/realtime?agent=receptionist")) { Scheme = "ws" }.Uri, CancellationToken.None).OrTimeout();
        return socket;
    }
}
