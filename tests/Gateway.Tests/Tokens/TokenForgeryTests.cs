using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.Identity.Jwt;
using Voice.ServiceDefaults.Identity.Keys;

namespace Gateway.Tests.Tokens;

/// <summary>Each begins with a token that is good, of a session that is alive, and changes one thing.</summary>
public sealed class TokenForgeryTests(ForgedGateway forged) : IClassFixture<ForgedGateway>
{
    [Fact]
    public async Task The_token_itself_is_good()
    {
        using var response = await forged.Gateway.WithToken(forged.Token).GetAsync("/api/v1/auth/me");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await forged.Gateway.WithToken(forged.Sign(forged.Claims)).GetAsync("/api/v1/auth/me")).StatusCode);
    }

    [Fact]
    public Task Alg_none_is_refused() => RefusedAsync($"{TestIdentity.Encode(With(forged.Header, "alg", "none"))}.{forged.Token.Split('.')[1]}.");

    [Fact]
    public Task HS256_with_the_public_key_as_its_secret_is_refused()
    {
        var signed = $"{TestIdentity.Encode(With(forged.Header, "alg", "HS256"))}.{forged.Token.Split('.')[1]}";
        var secret = Encoding.UTF8.GetBytes(forged.Keys.Published.ToJson());
        return RefusedAsync($"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}");
    }

    [Fact]
    public Task Another_key_under_our_key_id_is_refused() => RefusedAsync(TestIdentity.Sign(forged.Header, forged.Claims));

    [Fact]
    public Task Other_claims_under_our_signature_are_refused()
    {
        var parts = forged.Token.Split('.');
        return RefusedAsync($"{parts[0]}.{TestIdentity.Encode(With(forged.Claims, "org", "org_other"))}.{parts[2]}");
    }

    [Fact]
    public Task A_token_for_another_audience_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "aud", "voice-api")));

    [Fact]
    public Task A_token_of_another_issuer_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "iss", "https://evil.example")));

    [Fact]
    public Task An_expired_token_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "exp", forged.Now(-31))), "expired_token");

    [Fact]
    public Task A_token_from_the_future_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "iat", forged.Now(60))));

    [Fact]
    public Task A_token_that_is_not_valid_yet_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "nbf", forged.Now(60))));

    [Fact]
    public Task A_token_without_an_end_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "exp", null)));

    [Fact]
    public Task An_encrypted_token_is_refused() => RefusedAsync(
        TestIdentity.Encode(new JsonObject { ["alg"] = "dir", ["enc"] = "A256GCM", ["zip"] = "DEF" }) + "..AAAA.AAAA.AAAA");

    [Theory]
    [InlineData("../../../../dev/null")]
    [InlineData("' or '1'='1")]
    [InlineData("")]
    public Task A_key_id_that_is_a_path_or_SQL_finds_nothing(string kid) => RefusedAsync(TestIdentity.Sign(With(forged.Header, "kid", kid), forged.Claims));

    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    public Task An_address_of_keys_in_the_header_is_not_asked(string name) => RefusedAsync(
        TestIdentity.Sign(With(With(forged.Header, "kid", TestIdentity.KeyId), name, new Uri(forged.Gateway.Url, "/keys").ToString()), forged.Claims));

    [Fact]
    public Task A_key_in_the_header_is_not_believed()
    {
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return RefusedAsync(TestIdentity.Sign(With(With(forged.Header, "kid", "mine"), "jwk", TestIdentity.PublicKey("mine", mine)), forged.Claims, mine));
    }

    [Fact]
    public Task An_oversized_token_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "padding", new string('x', 9000))));

    [Fact]
    public Task A_token_between_services_opens_nothing_outside()
    {
        var keys = forged.Gateway.Provider.GetRequiredKeyedService<ISigningKeys>(KeySchedule.Internal.Purpose);
        return RefusedAsync(new Voice.ServiceDefaults.Identity.IdentityTokens(keys, "gateway", forged.Gateway.Time)
            .Issue(new("org_default", "user_1", "user", "x"), "voice-api"));
    }

    [Fact]
    public Task A_session_of_somebody_else_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "sub", "user_other")));

    [Fact]
    public Task A_session_that_never_was_is_refused() => RefusedAsync(forged.Sign(With(forged.Claims, "sid", "ses_never")));

    private async Task RefusedAsync(string token, string code = "invalid_token")
    {
        using var response = await forged.Gateway.WithToken(token).GetAsync("/api/v1/agents");
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.Unauthorized, code);
    }

    private static JsonObject With(JsonObject json, string name, JsonNode? value)
    {
        json.Remove(name);
        if (value is not null)
        {
            json[name] = value;
        }

        return json;
    }
}

/// <summary>A gateway, and a token of it to change.</summary>
public sealed class ForgedGateway : IAsyncLifetime
{
    public GatewayHost Gateway { get; } = new();

    public string Token { get; private set; } = "";

    public ISigningKeys Keys => Gateway.Provider.GetRequiredKeyedService<ISigningKeys>(KeySchedule.Access.Purpose);

    public JsonObject Header => Part(0);

    public JsonObject Claims => Part(1);

    public async Task InitializeAsync()
    {
        await Gateway.InitializeAsync();
        Token = (await Gateway.CreateAsync("forged@example.com")).Access();
    }

    public Task DisposeAsync() => Gateway.DisposeAsync();

    public long Now(int seconds) => Gateway.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

    /// <summary>With the key that the gateway signs with.</summary>
    public string Sign(JsonObject claims) => Keys.Current.Sign("at+jwt", Encoding.UTF8.GetBytes(claims.ToJsonString()));

    private JsonObject Part(int index) => JsonNode.Parse(Base64Url.DecodeFromChars(Token.Split('.')[index]))!.AsObject();
}
