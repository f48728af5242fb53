using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Tests;

public sealed class ApiKeyTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task A_key_is_shown_once_works_at_once_and_does_what_it_was_made_for_and_nothing_else()
    {
        using var admin = await AdminAsync("make@example.com");
        var made = await CreateAsync(admin, new { name = "Partner", scopes = new[] { "agents:read" } });
        var secret = Secret(made);
        Assert.Matches("^va_live_[0-9a-z]{10}_[0-9a-z]{40}[0-9a-f]{6}$", secret);

        using var key = gateway.WithKey(secret);
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync("/api/v1/agents")).StatusCode);
        using var refused = await key.GetAsync("/api/v1/sessions");
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.Forbidden, "insufficient_scope");

        var listed = await (await admin.GetAsync("/api/v1/api-keys")).Content.ReadAsStringAsync();
        Assert.Contains(secret[.."va_live_0123456789".Length], listed, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, listed, StringComparison.Ordinal);
        Assert.Equal(0, await gateway.Database.ScalarAsync<long>($"select count(*) from identity.api_keys k where k::text like '%{secret}%'"));
        Assert.Equal(1, await gateway.Database.ScalarAsync<long>($"select count(*) from identity.audit_entries where action = 'api_key.create' and target_id = '{Id(made)}'"));
    }

    [Fact]
    public async Task A_key_may_never_more_than_its_maker()
    {
        using var admin = await AdminAsync("less@example.com");
        using var more = await admin.PostAsJsonAsync("/api/v1/api-keys", new { name = "More", scopes = new[] { "organization:manage" } });
        await HttpAssert.IsErrorAsync(more, HttpStatusCode.BadRequest, "invalid_scope");

        using var maker = gateway.WithKey(Secret(await CreateAsync(admin, new { name = "Maker", scopes = new[] { "keys:manage", "agents:read" } })));
        using var wider = await maker.PostAsJsonAsync("/api/v1/api-keys", new { name = "Wider", scopes = new[] { "sessions:write" } });
        await HttpAssert.IsErrorAsync(wider, HttpStatusCode.BadRequest, "invalid_scope");

        // Nor by a new secret of a key that may more.
        var strong = await CreateAsync(admin, new { name = "Strong", scopes = new[] { "sessions:write" } });
        using var rotated = await maker.PostAsJsonAsync($"/api/v1/api-keys/{Id(strong)}/rotate", new { });
        await HttpAssert.IsErrorAsync(rotated, HttpStatusCode.Forbidden, "insufficient_scope");
    }

    [Fact]
    public async Task A_rotated_key_has_two_good_secrets_until_the_overlap_is_over()
    {
        using var admin = await AdminAsync("rotate@example.com");
        var made = await CreateAsync(admin, new { name = "Rotated", scopes = new[] { "agents:read" } });
        using var response = await admin.PostAsJsonAsync($"/api/v1/api-keys/{Id(made)}/rotate", new { overlap_seconds = 600 });
        var next = Secret(await response.JsonAsync());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(Secret(made)), await StatusAsync(next)));
        gateway.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(Secret(made)), await StatusAsync(next)));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        using var admin = await AdminAsync("revoke@example.com");
        var made = await CreateAsync(admin, new { name = "Revoked", scopes = new[] { "agents:read" } });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Secret(made)));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/api-keys/{Id(made)}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Secret(made)));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"/api/v1/api-keys/{Id(made)}")).StatusCode);
    }

    [Fact]
    public async Task The_key_of_another_organization_is_not_there()
    {
        using var admin = await AdminAsync("mine@example.com", "org_mine");
        using var stranger = await AdminAsync("theirs@example.com", "org_theirs");
        var id = Id(await CreateAsync(admin, new { name = "Mine", scopes = new[] { "agents:read" } }));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/v1/api-keys/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"/api/v1/api-keys/{id}/rotate", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync($"/api/v1/api-keys/{id}")).StatusCode);
        Assert.DoesNotContain(id, await stranger.GetStringAsync("/api/v1/api-keys"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/api/v1/api-keys/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_key_bound_to_networks_works_from_there_alone()
    {
        using var admin = await AdminAsync("network@example.com");
        var here = await CreateAsync(admin, new { name = "Here", scopes = new[] { "agents:read" }, allowed_networks = new[] { "127.0.0.0/8" } });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Secret(here)));
        var elsewhere = await CreateAsync(admin, new { name = "Elsewhere", scopes = new[] { "agents:read" }, allowed_networks = new[] { "192.0.2.0/24" } });
        using var refused = await gateway.WithKey(Secret(elsewhere)).GetAsync("/api/v1/agents");
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.Forbidden, "api_key_address");
    }

    [Fact]
    public async Task A_key_bound_to_origins_works_on_those_pages_alone()
    {
        using var admin = await AdminAsync("origin@example.com");
        var secret = Secret(await CreateAsync(admin, new { name = "Page", scopes = new[] { "agents:read" }, allowed_origins = new[] { "https://www.example.com" } }));
        using var key = gateway.WithKey(secret);
        key.DefaultRequestHeaders.Add("Origin", "https://www.example.com");
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync("/api/v1/agents")).StatusCode);
        foreach (var origin in new[] { "https://evil.example", "https://www.example.com.evil.example", null })
        {
            using var other = gateway.WithKey(secret);
            if (origin is not null)
            {
                other.DefaultRequestHeaders.Add("Origin", origin);
            }

            using var refused = await other.GetAsync("/api/v1/agents");
            await HttpAssert.IsErrorAsync(refused, HttpStatusCode.Forbidden, "api_key_origin");
        }
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["agents:read"]}""", "invalid_name")]
    [InlineData("""{"name":"x"}""", "invalid_scope")]
    [InlineData("""{"name":"x","scopes":[null]}""", "invalid_scope")]
    [InlineData("""{"name":"x","scopes":["agents:read"],"expires_at":"2001-01-01T00:00:00Z"}""", "invalid_expiry")]
    [InlineData("""{"name":"x","scopes":["agents:read"],"allowed_origins":["https://example.com/path"]}""", "invalid_origin")]
    [InlineData("""{"name":"x","scopes":["agents:read"],"allowed_networks":["300.0.0.0/8"]}""", "invalid_network")]
    public async Task What_makes_no_key_is_a_clear_error(string body, string code)
    {
        using var admin = await AdminAsync($"bad-{Guid.NewGuid():n}@example.com");
        using var response = await admin.PostAsync("/api/v1/api-keys", new StringContent(body, null, "application/json"));
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_member_manages_no_keys()
    {
        await gateway.NewUserOfOwnAsync("member@example.com");
        using var member = gateway.WithCookie(await gateway.CookieAsync("member@example.com"));
        using var response = await member.GetAsync("/api/v1/api-keys");
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.Forbidden, "insufficient_scope");
    }

    private async Task<HttpClient> AdminAsync(string email, string organization = "org_default")
    {
        await gateway.NewUserOfOwnAsync(email, organization, "admin");
        return gateway.WithCookie(await gateway.CookieAsync(email));
    }

    private static async Task<JsonElement> CreateAsync(HttpClient client, object request)
    {
        using var response = await client.PostAsJsonAsync("/api/v1/api-keys", request);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(string secret)
    {
        using var client = gateway.WithKey(secret);
        using var response = await client.GetAsync("/api/v1/agents");
        return response.StatusCode;
    }

    private static string Secret(JsonElement made) => made.GetProperty("secret").GetString()!;

    private static string Id(JsonElement made) => made.GetProperty("key").GetProperty("id").GetString()!;
}
