using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.Identity;

namespace ServiceDefaults.Tests.Identity;

public sealed class IdentityTokenTests
{
    private static readonly JsonObject Header = new() { ["alg"] = "HS256", ["typ"] = "JWT" };

    [Fact]
    public async Task A_caller_named_by_a_good_token_reaches_the_endpoint()
    {
        await using var service = await StartAsync();
        var response = await service.CreateClient().As("org_a", "key_1", "api_key").GetAsync("/who");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("org_a/key_1/api_key/tester@localhost", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_that_the_service_issues_is_one_that_it_accepts()
    {
        await using var service = await StartAsync();
        var caller = new Caller("org_ä", "user_1", "user", "Zoë \"Z\" <z@example.com>") { Role = Roles.Viewer, Scopes = Roles.ScopesOf(Roles.Viewer) };
        var tokens = service.Services.GetRequiredService<IdentityTokens>();
        Assert.Equal(caller, tokens.Check(tokens.Issue(caller)).Caller);
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
        var problem = await RefusedAsync(service, TestIdentity.Token(expires: TimeProvider.System.GetUtcNow().AddSeconds(-10)));
        Assert.Equal("expired_token", problem["code"]!.GetValue<string>());
        Assert.Contains("expired", problem["detail"]!.GetValue<string>());
    }

    public static TheoryData<string, string> BadTokens()
    {
        var good = TestIdentity.Token();
        var parts = good.Split('.');
        var other = TestIdentity.Token("org_other").Split('.');
        return new TheoryData<string, string>
        {
            { "signed with another key", TestIdentity.Sign(Header, Claims(), "another-signing-key-0123456789-0123456789") },
            { "claims of another token under this signature", $"{parts[0]}.{other[1]}.{parts[2]}" },
            { "signature cut short", good[..^4] },
            { "signature missing", $"{parts[0]}.{parts[1]}." },
            { "alg none, unsigned", TestIdentity.Sign(new JsonObject { ["alg"] = "none" }, Claims()).Split('.') is var none ? $"{none[0]}.{none[1]}." : "" },
            { "alg none, signed", TestIdentity.Sign(new JsonObject { ["alg"] = "none" }, Claims()) },
            { "alg RS256", TestIdentity.Sign(new JsonObject { ["alg"] = "RS256" }, Claims()) },
            { "alg hs256 in lower case", TestIdentity.Sign(new JsonObject { ["alg"] = "hs256" }, Claims()) },
            { "no alg", TestIdentity.Sign([], Claims()) },
            { "five parts, an encrypted token", $"{parts[0]}.{parts[1]}.{parts[2]}.a.b" },
            { "two parts", $"{parts[0]}.{parts[1]}" },
            { "one part", "va_0123456789" },
            { "not base64url", $"{parts[0]}.{parts[1]}.+/=!" },
            { "header is no JSON", $"YWJj.{parts[1]}.{parts[2]}" },
            { "header is a JSON array", TestIdentityArrayHeader(parts) },
            { "for another audience", TestIdentity.Sign(Header, Claims(aud: "somebody-else")) },
            { "from another issuer", TestIdentity.Sign(Header, Claims(iss: "somebody-else")) },
            { "audience is a list", TestIdentity.Sign(Header, With(Claims(), "aud", new JsonArray("voiceaspire-services"))) },
            { "no subject", TestIdentity.Sign(Header, With(Claims(), "sub", null)) },
            { "no organization", TestIdentity.Sign(Header, With(Claims(), "org", null)) },
            { "no expiry", TestIdentity.Sign(Header, With(Claims(), "exp", null)) },
            { "issued in the future", TestIdentity.Sign(Header, With(Claims(), "iat", TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds())) },
            { "absurd expiry", TestIdentity.Sign(Header, With(Claims(), "exp", long.MinValue)) },
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
    public async Task A_client_with_caller_token_speaks_for_the_caller_of_the_request()
    {
        var builder = TestService.CreateBuilder();
        builder.Services.AddHttpClient("peer").AddCallerToken().ConfigurePrimaryHttpMessageHandler(() => new Echo());
        await using var service = await TestService.StartAsync(builder, app => app.MapGet("/call", async (IHttpClientFactory clients) =>
            await clients.CreateClient("peer").GetStringAsync("http://peer/")).RequireKnown());

        var inRequest = await service.CreateClient().As("org_b", "user_b").GetStringAsync("/call");
        Assert.Equal(new Caller("org_b", "user_b", "user", "tester@localhost") { Scopes = ScopeSet.Everything }, Check(service, inRequest));

        var outside = await service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("peer").GetStringAsync("http://peer/");
        Assert.Equal(new Caller("org_platform", "test-service", "service", "test-service") { Scopes = ScopeSet.Everything }, Check(service, outside));
    }

    private static Caller? Check(TestService service, string authorization) =>
        service.Services.GetRequiredService<IdentityTokens>().Check(authorization["Bearer ".Length..]).Caller;

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

    private static JsonObject Claims(string iss = "voiceaspire", string aud = "voiceaspire-services") => new()
    {
        ["iss"] = iss,
        ["aud"] = aud,
        ["sub"] = "user_1",
        ["org"] = "org_1",
        ["kind"] = "user",
        ["name"] = "somebody",
        ["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds(),
    };

    private static JsonObject With(JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        return claims;
    }

    private static string TestIdentityArrayHeader(string[] parts) =>
        $"{System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { 1 }))}.{parts[1]}.{parts[2]}";

    private sealed class Echo : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(request.Headers.Authorization!.ToString()) });
    }
}
