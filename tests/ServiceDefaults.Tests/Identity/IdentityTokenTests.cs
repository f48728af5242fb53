using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Jwt;
using Voice.ServiceDefaults.Identity.Keys;

namespace ServiceDefaults.Tests.Identity;

public sealed class IdentityTokenTests
{
    [Fact]
    public async Task A_caller_named_by_a_good_token_reaches_the_endpoint()
    {
        await using var service = await StartAsync();
        var response = await service.CreateClient().As("org_a", "key_1", "api_key").GetAsync("/who");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("org_a/key_1/api_key/tester@localhost", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_a_credential_every_address_is_closed_except_the_probes()
    {
        await using var service = await StartAsync();
        var client = service.CreateClient();
        foreach (var path in (string[])["/who", "/metrics", "/no-such-thing", "/v1/models"])
        {
            var response = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive")).StatusCode);
    }

    [Fact]
    public async Task An_expired_token_is_refused_and_the_error_says_so()
    {
        await using var service = await StartAsync();
        var problem = await RefusedAsync(service, TestIdentity.Token(expires: TimeProvider.System.GetUtcNow().AddSeconds(-40)));
        Assert.Equal("expired_token", problem["code"]!.GetValue<string>());
        Assert.Contains("expired", problem["detail"]!.GetValue<string>());
    }

    public static TheoryData<string, string> BadTokens()
    {
        var good = TestIdentity.Token();
        var parts = good.Split('.');
        var other = TestIdentity.Token("org_other").Split('.');
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TheoryData<string, string>
        {
            { "signed with another key", TestIdentity.Sign(Header(), Claims(), stranger) },
            { "claims of another token under this signature", $"{parts[0]}.{other[1]}.{parts[2]}" },
            { "signature cut short", good[..^4] },
            { "signature missing", $"{parts[0]}.{parts[1]}." },
            { "alg none, unsigned", $"{TestIdentity.Encode(Header(alg: "none"))}.{parts[1]}." },
            { "alg none, signed", TestIdentity.Sign(Header(alg: "none"), Claims()) },
            { "alg RS256", TestIdentity.Sign(Header(alg: "RS256"), Claims()) },
            { "alg es256 in lower case", TestIdentity.Sign(Header(alg: "es256"), Claims()) },
            { "no alg", TestIdentity.Sign(new JsonObject { ["typ"] = TestIdentity.Type, ["kid"] = TestIdentity.KeyId }, Claims()) },
            { "HS256 with the public key as the secret", WithHmac(Header(alg: "HS256"), Claims(), TestIdentity.TrustedKeys) },
            { "another kind of token", TestIdentity.Sign(With(Header(), "typ", "at+jwt"), Claims()) },
            { "no kind of token", TestIdentity.Sign(With(Header(), "typ", null), Claims()) },
            { "an extension that must be understood", TestIdentity.Sign(With(Header(), "crit", new JsonArray("exp")), Claims()) },
            { "a key that is not known", TestIdentity.Sign(With(Header(), "kid", "other"), Claims()) },
            { "a path as key id", TestIdentity.Sign(With(Header(), "kid", "../../../../dev/null"), Claims()) },
            { "SQL as key id", TestIdentity.Sign(With(Header(), "kid", "x' or '1'='1"), Claims()) },
            { "an endless key id", TestIdentity.Sign(With(Header(), "kid", new string('k', 3000)), Claims()) },
            { "the key in the header", TestIdentity.Sign(With(With(Header(), "kid", "mine"), "jwk", TestIdentity.PublicKey("mine", stranger)), Claims(), stranger) },
            { "an address of keys in the header", TestIdentity.Sign(With(With(Header(), "kid", "mine"), "jku", "http://127.0.0.1:9/keys"), Claims(), stranger) },
            { "two algorithms in one header", Duplicate("""{"alg":"none","alg":"ES256","typ":"voice-identity+jwt","kid":"test-gateway"}""", parts) },
            { "five parts, an encrypted token", $"{parts[0]}.{parts[1]}.{parts[2]}.a.b" },
            { "two parts", $"{parts[0]}.{parts[1]}" },
            { "one part", "va_0123456789" },
            { "not base64url", $"{parts[0]}.{parts[1]}.+/=!" },
            { "header is no JSON", $"YWJj.{parts[1]}.{parts[2]}" },
            { "header is a JSON array", $"{TestIdentity.Encode(new JsonArray(1))}.{parts[1]}.{parts[2]}" },
            { "for another audience", TestIdentity.Sign(Header(), Claims(aud: "somebody-else")) },
            { "from another issuer", TestIdentity.Sign(Header(), Claims(iss: "somebody-else")) },
            { "from an issuer that another key belongs to", TestIdentity.Sign(Header(), Claims(iss: "voice-api")) },
            { "audience is a number", TestIdentity.Sign(Header(), With(Claims(), "aud", 1)) },
            { "no subject", TestIdentity.Sign(Header(), With(Claims(), "sub", null)) },
            { "no organization", TestIdentity.Sign(Header(), With(Claims(), "org", null)) },
            { "organization is a list", TestIdentity.Sign(Header(), With(Claims(), "org", new JsonArray("org_1"))) },
            { "no expiry", TestIdentity.Sign(Header(), With(Claims(), "exp", null)) },
            { "expiry as text", TestIdentity.Sign(Header(), With(Claims(), "exp", "9999999999")) },
            { "no time of issue", TestIdentity.Sign(Header(), With(Claims(), "iat", null)) },
            { "issued in the future", TestIdentity.Sign(Header(), With(Claims(), "iat", Now(minutes: 5))) },
            { "not valid yet", TestIdentity.Sign(Header(), With(Claims(), "nbf", Now(minutes: 5))) },
            { "absurd expiry", TestIdentity.Sign(Header(), With(Claims(), "exp", long.MinValue)) },
            { "longer than any of ours", TestIdentity.Token(name: new string('x', 8000)) },
        };
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_token_that_is_not_ours_is_refused(string what, string token)
    {
        await using var service = await StartAsync();
        var problem = await RefusedAsync(service, token);
        Assert.True(problem["code"]!.GetValue<string>() is "invalid_token" or "expired_token", what);
    }

    [Fact]
    public async Task Another_scheme_or_no_token_is_a_missing_credential()
    {
        await using var service = await StartAsync();
        var client = service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "YTpi");
        var problem = JsonNode.Parse(await client.GetStringAsyncOf("/who", HttpStatusCode.Unauthorized))!;
        Assert.Equal("missing_credential", problem["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_service_that_signs_speaks_for_the_caller_of_the_request_with_what_it_may_do_itself()
    {
        var builder = TestService.CreateBuilder();
        var keys = new MemorySigningKeys();
        builder.Services.AddKeyedSingleton<ISigningKeys>(KeySchedule.Internal.Purpose, keys);
        builder.AddIdentityTokens();
        builder.Services.AddHttpClient("peer").AddCallerToken("peer", ScopeSet.Of(Scopes.SpeechUse)).ConfigurePrimaryHttpMessageHandler(() => new Echo());
        await using var service = await TestService.StartAsync(builder, CallPeer);

        var inRequest = ClaimsOf(await service.CreateClient().As("org_b", "user_b").GetStringAsync("/call"), keys);
        Assert.Equal(("org_b", "user_b", "speech:use"), (Text(inRequest, "org"), Text(inRequest, "sub"), Text(inRequest, "scope")));
        Assert.Equal(("test-service", """["peer"]"""), (Text(inRequest, "iss"), inRequest.GetProperty("aud").GetRawText()));

        var outside = ClaimsOf(await service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("peer").GetStringAsync("http://peer/"), keys);
        Assert.Equal(("org_platform", "service", "test-service"), (Text(outside, "org"), Text(outside, "kind"), Text(outside, "sub")));
    }

    [Fact]
    public async Task A_service_that_does_not_sign_passes_on_what_it_was_called_with_and_nothing_else()
    {
        var builder = TestService.CreateBuilder();
        builder.Services.AddHttpClient("peer").AddCallerToken("peer").ConfigurePrimaryHttpMessageHandler(() => new Echo());
        await using var service = await TestService.StartAsync(builder, CallPeer);
        var client = service.CreateClient().As("org_b", "user_b");
        Assert.Equal(client.DefaultRequestHeaders.Authorization!.ToString(), await client.GetStringAsync("/call"));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("peer").GetStringAsync("http://peer/"));
    }

    [Fact]
    public void A_token_is_given_again_for_a_while_and_never_to_another()
    {
        var time = new ManualTimeProvider();
        var tokens = new IdentityTokens(new MemorySigningKeys(), "gateway", time);
        var caller = new Caller("org_1", "user_1", "user", "somebody") { Scopes = ScopeSet.Of(Scopes.AgentsRead) };
        var first = tokens.Issue(caller, "voice-api");
        Assert.Equal(first, tokens.Issue(caller with { }, "voice-api"));
        Assert.NotEqual(first, tokens.Issue(caller, "web"));
        Assert.NotEqual(first, tokens.Issue(caller with { Scopes = ScopeSet.None }, "voice-api"));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.NotEqual(first, tokens.Issue(caller, "voice-api"));
    }

    private static void CallPeer(WebApplication app) => app.MapGet("/call", async (IHttpClientFactory clients) =>
        await clients.CreateClient("peer").GetStringAsync("http://peer/")).RequireKnown();

    private static JsonElement ClaimsOf(string authorization, MemorySigningKeys keys)
    {
        var reading = StrictJwt.Read(authorization["Bearer ".Length..], TestIdentity.Type, keys.Find);
        Assert.Null(reading.Reason);
        return reading.Claims;
    }

    private static string? Text(JsonElement claims, string name) => StrictJwt.Text(claims, name);

    private static Task<TestService> StartAsync() => TestService.StartAsync(app =>
        app.MapGet("/who", (HttpContext context) => context.User.GetCaller() is var c ? $"{c.OrganizationId}/{c.Subject}/{c.Kind}/{c.Name}" : "").RequireKnown());

    private static async Task<JsonNode> RefusedAsync(TestService service, string token)
    {
        var client = service.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await client.GetAsync("/who");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static JsonObject Header(string alg = "ES256") => With(TestIdentity.Header, "alg", alg);

    private static JsonObject Claims(string iss = "gateway", string aud = "test-service") => new()
    {
        ["iss"] = iss,
        ["aud"] = aud,
        ["sub"] = "user_1",
        ["org"] = "org_1",
        ["kind"] = "user",
        ["name"] = "somebody",
        ["iat"] = Now(),
        ["exp"] = Now(minutes: 1),
    };

    private static long Now(int minutes = 0) => TimeProvider.System.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds();

    private static JsonObject With(JsonObject claims, string name, JsonNode? value)
    {
        claims.Remove(name);
        if (value is not null)
        {
            claims[name] = value;
        }

        return claims;
    }

    private static string WithHmac(JsonObject header, JsonObject claims, string secret)
    {
        var signed = $"{TestIdentity.Encode(header)}.{TestIdentity.Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Duplicate(string header, string[] parts) => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}.{parts[2]}";

    private sealed class Echo : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(request.Headers.Authorization!.ToString()) });
    }
}
