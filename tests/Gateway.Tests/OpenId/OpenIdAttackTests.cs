using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Tests.OpenId;

/// <summary>What must not lead in, each with a provider that otherwise behaves.</summary>
public sealed class OpenIdAttackTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private const string Failed = "/sign-in?error=openid_failed&return_url=%2Fsessions";
    private const string Expired = "/sign-in?error=openid_expired&return_url=%2Ftalk";

    public static TheoryData<string, string> BadTokens => new()
    {
        { "nonce", "id_token: nonce" },
        { "no nonce", "id_token: nonce" },
        { "audience", "SecurityTokenInvalidAudienceException" },
        { "second audience", "id_token: azp" },
        { "azp of another client", "id_token: azp" },
        { "issuer", "SecurityTokenInvalidIssuerException" },
        { "expired", "SecurityTokenInvalidLifetimeException" },
        { "no expiry", "SecurityToken" },
        { "not yet", "SecurityTokenInvalidLifetimeException" },
        { "made tomorrow", "id_token: iat" },
        { "made yesterday", "id_token: iat" },
        { "no subject", "id_token: sub" },
        { "endless subject", "id_token: sub" },
        { "alg none", "SecurityToken" },
        { "alg none without signature", "SecurityToken" },
        { "HMAC with the client secret", "SecurityToken" },
        { "HMAC with the public key", "SecurityToken" },
        { "another key", "SecurityTokenInvalidSignatureException" },
        { "unknown kid", "id_token: unknown key" },
        { "changed claims", "SecurityTokenInvalidSignatureException" },
        { "key in the header", "SecurityToken" },
        { "five parts", "id_token: form" },
        { "huge", "id_token: form" },
        { "nonsense", "id_token: form" },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task An_id_token_that_is_not_to_be_believed_leads_nowhere(string what, string reason)
    {
        var person = host.Reset();
        host.Provider.OnIdToken = token => Bad(what, token);
        using var browser = new ProviderBrowser(host.Gateway);
        var before = await host.ActsAsync("sign_in", reason);
        Assert.Equal(Failed, await browser.SignInAsync());
        Assert.False(browser.IsSignedIn);
        Assert.Equal(0, await host.AccountsAsync(person.Email!));
        Assert.Equal(before + 1, await host.ActsAsync("sign_in", reason));
    }

    [Fact]
    public async Task A_state_that_this_browser_does_not_have_leads_nowhere_and_its_code_is_not_redeemed()
    {
        host.Reset();
        host.Provider.TokenAnswers.Clear();
        using var attacker = new ProviderBrowser(host.Gateway);
        var callback = await attacker.AtProviderAsync(await attacker.StartAsync());

        // The attacker's own answer, for a victim who has begun nothing, or something else.
        using var victim = new ProviderBrowser(host.Gateway);
        Assert.Equal(Expired, await victim.ReturnAsync(callback));
        await victim.StartAsync();
        Assert.Equal(Expired, await victim.ReturnAsync(callback));
        Assert.False(victim.IsSignedIn);
        Assert.Empty(host.Provider.TokenAnswers);
    }

    [Theory]
    [InlineData("state", null)]
    [InlineData("state", "x")]
    public async Task Without_the_right_state_there_is_no_way_in(string name, string? value)
    {
        host.Reset();
        host.Provider.OnRedirect = answer => answer[name] = value ?? "";
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal(Expired, await browser.SignInAsync());
        Assert.False(browser.IsSignedIn);
    }

    [Fact]
    public async Task An_answer_is_good_once_also_with_a_copy_of_the_cookie()
    {
        host.Reset();
        host.Provider.TokenAnswers.Clear();
        using var browser = new ProviderBrowser(host.Gateway);
        var callback = await browser.AtProviderAsync(await browser.StartAsync());
        var cookie = browser.Cookies["voice.openid"];
        Assert.Equal("/sessions", await browser.ReturnAsync(callback));

        using var copy = new ProviderBrowser(host.Gateway) { Cookies = { ["voice.openid"] = cookie } };
        Assert.Equal(Expired, await copy.ReturnAsync(callback));
        Assert.False(copy.IsSignedIn);
        Assert.Equal([200], host.Provider.TokenAnswers);
    }

    [Fact]
    public async Task Of_many_answers_at_once_with_one_cookie_one_is_taken()
    {
        host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        var callback = await browser.AtProviderAsync(await browser.StartAsync());
        var copies = Enumerable.Range(0, 8).Select(_ => new ProviderBrowser(host.Gateway) { Cookies = { ["voice.openid"] = browser.Cookies["voice.openid"] } }).ToList();
        var answers = await Task.WhenAll(copies.Select(copy => copy.ReturnAsync(callback)));
        Assert.Equal(1, answers.Count(answer => answer == "/sessions"));
        Assert.Equal(7, answers.Count(answer => answer == Expired));
        copies.ForEach(copy => copy.Dispose());
    }

    [Fact]
    public async Task A_code_of_somebody_else_is_worth_nothing_without_the_verifier()
    {
        host.Reset();
        using var victim = new ProviderBrowser(host.Gateway);
        var stolen = QueryHelpers.ParseQuery((await victim.AtProviderAsync(await victim.StartAsync())).Query)["code"].ToString();
        host.Provider.OnRedirect = answer => answer["code"] = stolen;
        host.Provider.TokenAnswers.Clear();
        using var attacker = new ProviderBrowser(host.Gateway);
        Assert.Equal(Failed, await attacker.SignInAsync());
        Assert.Equal([400], host.Provider.TokenAnswers);
    }

    [Fact]
    public async Task A_code_that_was_used_is_refused_by_the_provider_and_here()
    {
        host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        var callback = await browser.AtProviderAsync(await browser.StartAsync());
        var code = QueryHelpers.ParseQuery(callback.Query)["code"].ToString();
        Assert.Equal("/sessions", await browser.ReturnAsync(callback));
        host.Provider.OnRedirect = answer => answer["code"] = code;
        using var again = new ProviderBrowser(host.Gateway);
        Assert.Equal(Failed, await again.SignInAsync());
    }

    [Fact]
    public async Task After_ten_minutes_the_way_back_is_closed()
    {
        host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        var callback = await browser.AtProviderAsync(await browser.StartAsync());
        host.Gateway.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(Expired, await browser.ReturnAsync(callback));
    }

    [Theory]
    [InlineData("https://other.example")]
    [InlineData(null)]
    public async Task An_answer_that_says_it_is_of_another_provider_or_of_none_is_refused(string? issuer)
    {
        host.Reset();
        host.Provider.TokenAnswers.Clear();
        host.Provider.OnRedirect = answer => answer["iss"] = issuer ?? "";
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal(Failed, await browser.SignInAsync());
        host.Provider.OnRedirect = answer => _ = issuer is null ? answer.Remove("iss") : answer.Remove("code");
        Assert.Equal(Failed, await browser.SignInAsync());
        Assert.Empty(host.Provider.TokenAnswers);
    }

    [Theory]
    [InlineData("issuer", "https://other.example")]
    [InlineData("token_endpoint", "http://other.example/token")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    [InlineData("userinfo_endpoint", "ftp://other.example/")]
    public async Task Metadata_that_speaks_for_another_or_leads_in_the_clear_is_not_believed(string name, string value)
    {
        host.Reset();
        host.Gateway.Time.Advance(TimeSpan.FromHours(2));
        host.Provider.OnMetadata = metadata => metadata[name] = value;
        using var browser = new ProviderBrowser(host.Gateway);
        using var refused = await browser.GetAsync("/api/v1/auth/openid/fake/start");
        Assert.Equal("/sign-in?error=openid_unavailable&return_url=%2Ftalk", refused.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Nothing_is_sent_to_where_a_provider_leads_us()
    {
        host.Reset();
        host.Provider.TokenAnswers.Clear();
        using var browser = new ProviderBrowser(host.Gateway);
        var callback = await browser.AtProviderAsync(await browser.StartAsync());
        host.Provider.LeadsAway = new Uri(host.Provider.Issuer);
        Assert.Equal(Failed, await browser.ReturnAsync(callback));
        Assert.Empty(host.Provider.TokenAnswers);
        host.Gateway.Time.Advance(TimeSpan.FromHours(2));
        using var refused = await browser.GetAsync("/api/v1/auth/openid/fake/start");
        Assert.Equal("/sign-in?error=openid_unavailable&return_url=%2Ftalk", refused.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_userinfo_answer_about_somebody_else_is_refused()
    {
        var person = host.Reset();
        host.Provider.EmailByUserInfo = true;
        host.Provider.Person = person with { UserInfoSubject = "somebody-else" };
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal(Failed, await browser.SignInAsync());
        Assert.Equal(0, await host.AccountsAsync(person.Email!));
    }

    [Fact]
    public async Task New_keys_of_the_provider_are_found_and_unknown_ones_do_not_make_us_ask_all_the_time()
    {
        host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal("/sessions", await browser.SignInAsync());
        host.Gateway.Time.Advance(TimeSpan.FromMinutes(1));
        host.Provider.Rotate(Guid.NewGuid().ToString("n"));
        Assert.Equal("/sessions", await browser.SignInAsync());

        var asked = host.Provider.KeysAsked;
        host.Provider.OnIdToken = token => Bad("unknown kid", token);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Failed, await browser.SignInAsync());
        }

        Assert.Equal(asked, host.Provider.KeysAsked);
    }

    [Fact]
    public async Task Answers_are_counted_with_the_passwords_that_an_address_tries()
    {
        await using var strict = new StrictHost(host.Provider);
        await strict.Gateway.InitializeAsync();
        host.Reset();
        using var browser = new ProviderBrowser(strict.Gateway);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Expired, await browser.ReturnAsync(new Uri(strict.Gateway.Url, "/api/v1/auth/openid/fake/callback?code=x&state=y")));
        }

        Assert.Equal("/sign-in?error=throttled&return_url=%2Ftalk", await browser.SignInAsync());
        Assert.False(browser.IsSignedIn);
    }

    private string Bad(string what, FakeIdToken token)
    {
        var now = host.Gateway.Time.GetUtcNow().ToUnixTimeSeconds();
        return what switch
        {
            "nonce" => token.Claim("nonce", "another").ToString(),
            "no nonce" => token.Claim("nonce", null).ToString(),
            "audience" => token.Claim("aud", "another").ToString(),
            "second audience" => token.Claim("aud", new JsonArray("voice", "another")).ToString(),
            "azp of another client" => token.Claim("azp", "another").ToString(),
            "issuer" => token.Claim("iss", "https://other.example").ToString(),
            "expired" => token.Claim("exp", now - 31).ToString(),
            "no expiry" => token.Claim("exp", null).ToString(),
            "not yet" => token.Claim("nbf", now + 31).ToString(),
            "made tomorrow" => token.Claim("iat", now + 86_400).ToString(),
            "made yesterday" => token.Claim("iat", now - 86_400).ToString(),
            "no subject" => token.Claim("sub", null).ToString(),
            "endless subject" => token.Claim("sub", new string('x', 256)).ToString(),
            "alg none" => token.SignedBy("none", _ => []).ToString(),
            "alg none without signature" => token.SignedBy("none", _ => []).ToString().TrimEnd('.') + ".",
            "HMAC with the client secret" => token.SignedBy("HS256", FakeIdToken.Hmac(Encoding.UTF8.GetBytes(FakeProvider.ClientSecret))).ToString(),
            "HMAC with the public key" => token.SignedBy("HS256", FakeIdToken.Hmac(Encoding.ASCII.GetBytes(host.Provider.Key.ExportSubjectPublicKeyInfoPem()))).ToString(),
            "another key" => token.SignedBy("RS256", FakeIdToken.Rsa(RSA.Create(2048))).ToString(),
            "unknown kid" => With(token, "kid", "unknown").ToString(),
            "changed claims" => Changed(token),
            "key in the header" => Injected(token),
            "five parts" => $"{token}.x.y",
            "huge" => token.Claim("more", new string('x', 20_000)).ToString(),
            "nonsense" => "nonsense",
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }

    private static FakeIdToken With(FakeIdToken token, string name, JsonNode value)
    {
        token.Header[name] = value;
        return token;
    }

    private static string Changed(FakeIdToken token)
    {
        var parts = token.ToString().Split('.');
        var other = token.Claim("sub", "somebody-else").ToString().Split('.');
        return $"{parts[0]}.{other[1]}.{parts[2]}";
    }

    /// <summary>Signed by a key that the token itself brings.</summary>
    private static string Injected(FakeIdToken token)
    {
        using var key = RSA.Create(2048);
        var parameters = key.ExportParameters(false);
        token.Header["jwk"] = new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = System.Buffers.Text.Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = System.Buffers.Text.Base64Url.EncodeToString(parameters.Exponent),
        };
        return token.SignedBy("RS256", FakeIdToken.Rsa(key)).ToString();
    }

    /// <summary>Three tries at sign-ins from an address.</summary>
    private sealed class StrictHost : IAsyncDisposable
    {
        public StrictHost(FakeProvider provider)
        {
            Gateway.Settings["OpenId:Providers:fake:Authority"] = provider.Issuer;
            Gateway.Settings["OpenId:Providers:fake:ClientId"] = FakeProvider.ClientId;
            Gateway.Settings["OpenId:Providers:fake:ClientSecret"] = FakeProvider.ClientSecret;
            Gateway.Settings["SignIn:TriesPerAddress"] = "3";
        }

        public GatewayHost Gateway { get; } = new();

        public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
    }
}
