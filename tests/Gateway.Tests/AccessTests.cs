using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests;

public sealed class AccessTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    /// <summary>All that is open. Whoever adds to it explains why here.</summary>
    private static readonly HashSet<string> Open =
    [
        "/health", "/alive",                                   // probes have no credential
        "/.well-known/service-keys.json",                      // public keys
        "/.well-known/jwks.json", "/.well-known/openid-configuration",
        "/api/v1/auth/tokens/refresh", "/api/v1/auth/tokens/revoke", // the refresh token is the credential
        "/api/v1/auth/sign-in", "/sign-in",                    // where one is got
        "/api/v1/auth/providers",                              // what the sign-in page offers
        "/api/v1/auth/openid/{provider}/start", "/api/v1/auth/openid/{provider}/callback", "/api/v1/auth/openid/link", // the way over a provider; state and cookie are the proof
        "/api/v1/auth/second-factor",                          // its second step
        "/api/v1/auth/sign-up/", "/api/v1/auth/sign-up/verify", // where an account is got
        "/api/v1/auth/password/forgot", "/api/v1/auth/password/reset", // the credential is lost; the token from the mail stands in for it
        "/api/v1/invitations/preview", "/api/v1/invitations/accept", // likewise
        "/api/v1/openapi.json", "/api/v1/errors",              // what partners read before they sign up; nothing in it is anybody's
        "/sign-in/code", "/sign-in/link", "/sign-up", "/sign-up/verify", "/forgot-password", "/reset-password", "/invitation", // the pages of these
        "/docs/{**rest}",                                      // likewise
        "/ui/{**rest}", "/favicon.svg",                        // what the sign-in page is made of
        "/api/v1/sessions/{id}/recording/content",             // the signature in the query is the credential
    ];

    [Fact]
    public async Task Every_endpoint_that_is_not_meant_to_be_open_refuses_a_request_without_credential()
    {
        using var client = gateway.Anonymous();
        gateway.Services.Seen.Clear();
        var endpoints = gateway.Provider.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(endpoints.Count > 20);
        Assert.Superset(Open, endpoints.Select(PatternOf).ToHashSet());

        foreach (var endpoint in endpoints.Where(e => !Open.Contains(PatternOf(e))))
        {
            var path = PatternOf(endpoint).Replace("{**rest}", "x").Replace("{id}", "sess_1").Replace("{userId}", "user_1");
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "PUT", "DELETE", "PATCH"])
            {
                using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} answered {(int)response.StatusCode}");
            }
        }

        Assert.DoesNotContain(gateway.Services.Seen, s => s.Service != "web");
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/sign-in")]
    [InlineData("/ui/app.css")]
    [InlineData("/favicon.svg")]
    [InlineData("/api/v1/sessions/sess_1/recording/content?expires=1&signature=x")]
    public async Task What_is_open_is_reached_without_a_credential(string path)
    {
        using var client = gateway.Anonymous();
        using var response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/api/v1/agents")]
    public async Task A_missing_unknown_expired_or_revoked_key_is_named_as_such(string path)
    {
        var now = gateway.Time.GetUtcNow();
        await ExpectAsync(null, "missing_credential");
        await ExpectAsync("va_nonsense", "invalid_api_key");
        await ExpectAsync(new string('x', 5000), "invalid_api_key");
        await ExpectAsync(await gateway.AddKeyAsync(expiresAt: now.AddMinutes(-1)), "expired_api_key");
        await ExpectAsync(await gateway.AddKeyAsync(revokedAt: now.AddMinutes(-1)), "invalid_api_key");

        async Task ExpectAsync(string? key, string code)
        {
            using var client = key is null ? gateway.Anonymous() : gateway.WithKey(key);
            using var response = await client.GetAsync(path);
            await HttpAssert.IsErrorAsync(response, HttpStatusCode.Unauthorized, code);
            Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revocation_and_an_expiry_are_felt_within_seconds_by_a_key_that_is_in_use()
    {
        var key = await gateway.AddKeyAsync(expiresAt: gateway.Time.GetUtcNow().AddMinutes(10));
        using var client = gateway.WithKey(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/models")).StatusCode);

        gateway.Time.Advance(TimeSpan.FromMinutes(10));
        await HttpAssert.IsErrorAsync(await client.GetAsync("/v1/models"), HttpStatusCode.Unauthorized, "expired_api_key");

        await gateway.Database.ExecuteAsync("update identity.api_keys set revoked_at = now(), expires_at = null where name = 'test'");
        gateway.Time.Advance(TimeSpan.FromSeconds(11));
        await HttpAssert.IsErrorAsync(await client.GetAsync("/v1/models"), HttpStatusCode.Unauthorized, "invalid_api_key");
    }

    [Fact]
    public async Task The_time_of_last_use_is_written_within_an_interval()
    {
        var key = await gateway.AddKeyAsync();
        using var client = gateway.WithKey(key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/models")).StatusCode);
        gateway.Time.Advance(TimeSpan.FromSeconds(16));
        await Deadline.Until(async () => await gateway.Database.ScalarAsync<long>(
            $"select count(*) from identity.api_keys where last_used_at is not null and key_sha256 = sha256('{key}'::bytea)") == 1);
    }

    [Fact]
    public async Task A_browser_without_a_session_is_sent_to_the_sign_in_page_and_back()
    {
        using var client = gateway.Anonymous();
        client.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await client.GetAsync("/sessions?cursor=a%26b");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in?return_url=%2Fsessions%3Fcursor%3Da%2526b", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_key_works_as_a_bearer_and_tells_who_it_is()
    {
        using var client = gateway.WithKey();
        var me = await (await client.GetAsync("/api/v1/auth/me")).JsonAsync();
        Assert.Equal("api_key", me.GetProperty("kind").GetString());
        Assert.Equal("org_default", me.GetProperty("organization_id").GetString());
    }

    [Fact]
    public async Task Metrics_are_for_keys_and_administrators()
    {
        using var key = gateway.WithKey();
        Assert.Equal(HttpStatusCode.OK, (await key.GetAsync("/metrics")).StatusCode);
        var seen = await (await key.GetAsync("/metrics/inference-worker")).JsonAsync();
        Assert.Equal(("inference-worker", "/metrics"), (seen.GetProperty("Service").GetString(), seen.GetProperty("Path").GetString()));

        using var admin = await gateway.SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/metrics/voice-api")).StatusCode);
    }

    private static string PatternOf(RouteEndpoint endpoint)
    {
        var text = endpoint.RoutePattern.RawText!;
        return text.StartsWith('/') ? text : "/" + text;
    }
}
