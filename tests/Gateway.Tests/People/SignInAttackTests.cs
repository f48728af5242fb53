using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Voice.Gateway.Accounts;
using Voice.Gateway.Passwords;
using Voice.Gateway.Routing;

namespace Gateway.Tests.People;

/// <summary>What is tried at sign-ins by people who have no business there.</summary>
public sealed class SignInAttackTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Timing_of_sign_in_known_and_unknown_accounts_cost_the_same_work()
    {
        await using var database = await TestDatabase.CreateAsync();
        var hasher = new CountingHasher();
        await using var factory = GatewayHost.CreateFactory(database, RouteTable.Services.ToDictionary(s => s, _ => "http://127.0.0.1:9"), TimeProvider.System)
            .With("ConnectionStrings:cache", await BackingServers.NewRedisDatabaseAsync())
            .With(services => services.AddSingleton<IPasswordHasher<UserAccount>>(hasher));
        factory.StartServer();
        using var client = new HttpClient { BaseAddress = factory.ClientOptions.BaseAddress };
        foreach (var email in new[] { "admin@localhost", "nobody@localhost", "no address at all", "admin@localhost" })
        {
            hasher.Verified.Clear();
            hasher.Hashed = 0;
            using var response = await client.PostAsync("/api/v1/auth/sign-in", new { email, password = "wrong" });
            await HttpAssert.IsErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_sign_in");
            Assert.Equal([PeopleExtensions.PasswordIterations], hasher.Verified);
            Assert.Equal(0, hasher.Hashed);
        }
    }

    [Fact]
    public async Task Credential_stuffing_from_one_address_ends_after_a_few_accounts_and_guessing_at_one_from_many_ends_too()
    {
        var host = new GatewayHost { Settings = { ["SignIn:TriesPerAddress"] = "8" } };
        await host.InitializeAsync();
        using var client = host.Anonymous();
        for (var i = 0; i < 8; i++)
        {
            using var tried = await client.PostAsync("/api/v1/auth/sign-in", new { email = $"leaked{i}@example.com", password = "from a list" });
            Assert.Equal(HttpStatusCode.Unauthorized, tried.StatusCode);
        }

        using var stopped = await client.PostAsync("/api/v1/auth/sign-in", new { email = "leaked9@example.com", password = "from a list" });
        await HttpAssert.IsErrorAsync(stopped, HttpStatusCode.TooManyRequests, "too_many_sign_ins");
        Assert.Equal(TimeSpan.FromMinutes(1), stopped.Headers.RetryAfter!.Delta);
        Assert.Equal(8, await host.Database.ScalarAsync<long>("select count(*) from identity.audit_entries where action = 'sign_in' and result = 'denied'"));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_hash_that_cost_less_is_replaced_at_the_next_sign_in()
    {
        await gateway.NewUserOfOwnAsync("cheap@example.com");
        var cheap = new PasswordHasher<UserAccount>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 10 })).HashPassword(null!, GatewayHost.AdminPassword);
        await gateway.Database.ExecuteAsync($"update identity.users set password_hash = '{cheap}' where email = 'cheap@example.com'");
        using var client = await gateway.SignedInAsync("cheap@example.com");
        var now = await gateway.Database.ScalarAsync<string>("select password_hash from identity.users where email = 'cheap@example.com'");
        Assert.Equal((10, 1000), (CountingHasher.IterationsOf(cheap), CountingHasher.IterationsOf(now!)));
        Assert.Equal(HttpStatusCode.OK, await client.StatusAsync());
    }

    [Fact]
    public async Task Every_change_by_cookie_from_another_site_is_refused()
    {
        var cookie = await gateway.CookieAsync("admin@localhost");
        var endpoints = gateway.Provider.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal))
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (Method: m, Path: e.RoutePattern.RawText!)))
            .Where(e => e.Method is not ("GET" or "HEAD" or "OPTIONS"))
            .ToList();
        Assert.True(endpoints.Count > 20);
        foreach (var (method, path) in endpoints)
        {
            foreach (var withCookie in new[] { true, false })
            {
                using var client = gateway.Anonymous();
                using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace("**rest", "x", StringComparison.Ordinal))
                {
                    Content = new FormUrlEncodedContent([new("email", "admin@localhost"), new("password", GatewayHost.AdminPassword)]),
                };
                request.Headers.Add("Origin", "https://evil.example");
                if (withCookie)
                {
                    request.Headers.Add("Cookie", cookie);
                }

                using var response = await client.SendAsync(request).OrTimeout();
                Assert.True(response.StatusCode is HttpStatusCode.Forbidden || (!withCookie && response.StatusCode is HttpStatusCode.Unauthorized), $"{method} {path}: {(int)response.StatusCode}");
                Assert.False(response.Headers.Contains("Set-Cookie"), $"{method} {path}");
            }
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("%2F%2Fevil.example")]
    public async Task Every_step_of_the_sign_in_form_leads_to_a_page_of_ours(string asked)
    {
        await gateway.NewUserOfOwnAsync($"open{asked.Length}-{asked[1]:x}{(int)asked[2]}@example.com");
        var email = $"open{asked.Length}-{asked[1]:x}{(int)asked[2]}@example.com";
        using var client = gateway.Anonymous();
        using var wrong = await PostFormAsync("/api/v1/auth/sign-in", ("email", email), ("password", "wrong"));
        Assert.Equal("/sign-in?error=invalid&return_url=%2Ftalk", wrong.Headers.Location!.ToString());
        using var signedIn = await gateway.SignedInAsync(email);
        var (secret, _) = await gateway.EnrolAsync(signedIn);
        using var toCode = await PostFormAsync("/api/v1/auth/sign-in", ("email", email), ("password", GatewayHost.AdminPassword));
        Assert.Equal("/sign-in/code?return_url=%2Ftalk", toCode.Headers.Location!.ToString());
        client.DefaultRequestHeaders.Add("Cookie", PeopleSteps.CookieOf(toCode, "voice.challenge"));
        using var wrongCode = await PostFormAsync("/api/v1/auth/second-factor", ("code", "000000"));
        Assert.Equal("/sign-in/code?error=invalid&return_url=%2Ftalk", wrongCode.Headers.Location!.ToString());
        gateway.Time.Advance(TimeSpan.FromSeconds(30));
        using var done = await PostFormAsync("/api/v1/auth/second-factor", ("code", gateway.Code(secret)));
        Assert.Equal("/talk", done.Headers.Location!.ToString());
        Assert.True(done.Headers.Contains("Set-Cookie"));

        Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
            client.PostAsync(path, new FormUrlEncodedContent([.. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)), new("return_url", asked)])).OrTimeout();
    }

    [Theory]
    [InlineData("/api/v1/auth/sign-up")]
    [InlineData("/api/v1/auth/sign-up/verify")]
    [InlineData("/api/v1/auth/password/forgot")]
    [InlineData("/api/v1/auth/password/reset")]
    [InlineData("/api/v1/auth/second-factor")]
    [InlineData("/api/v1/invitations/accept")]
    [InlineData("/api/v1/invitations/preview")]
    public async Task Rubbish_is_a_clear_error_everywhere(string path)
    {
        using var client = gateway.Anonymous();
        foreach (var body in new[] { "", "[]", "{", "null", "{\"token\":1}", "{\"token\":null,\"email\":[],\"password\":{}}", "{\"token\":\"\\ud800\",\"email\":\"\\ud800@x.y\",\"password\":\"\\ud800\"}" })
        {
            using var response = await client.PostAsync(path, new StringContent(body, null, "application/json")).OrTimeout();
            Assert.True(response.StatusCode is HttpStatusCode.BadRequest, $"{path} {body}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    [Theory]
    [InlineData("correct horse battery staple", null)]
    [InlineData("Zx81-vuM.pp29", null)]
    [InlineData("비밀번호는 아무도 모르는 긴 문장이다", null)]
    [InlineData("aaaaaaaaaaaaaaaa", "password_common")]
    [InlineData("hunter2hunter2hunter2", "password_common")]
    [InlineData("1qaz2wsx3edc4rfv", "password_common")]
    [InlineData("qwertyuiop12", "password_common")]
    [InlineData("P@ssw0rd1234", "password_common")]
    [InlineData("123456789012", "password_common")]
    [InlineData("iloveyou123!", "password_common")]
    [InlineData("jorge.smith.1", "password_about_you")]
    [InlineData("VoiceAspire!!", "password_about_you")]
    [InlineData("elevenchars", "password_too_short")]
    public void Passwords_that_are_tried_first_are_refused(string password, string? code) =>
        Assert.Equal(code, PasswordPolicy.Check(password, "jorge.smith@example.com", "Smith clinic")?.Code);

    [Fact]
    public void A_password_of_any_length_is_judged_or_refused() => Assert.Multiple(
        () => Assert.Null(PasswordPolicy.Check(string.Concat(Enumerable.Range(0, 80).Select(i => $"{i * 7919 % 911}qz"))[..256])),
        () => Assert.Equal("password_too_long", PasswordPolicy.Check(new string('x', 257))?.Code),
        () => Assert.Equal("invalid_password", PasswordPolicy.Check("long enough but \ud800")?.Code));

    /// <summary>The framework's, at the cost that the gateway configures, and how often it was asked for what.</summary>
    private sealed class CountingHasher : IPasswordHasher<UserAccount>
    {
        private readonly PasswordHasher<UserAccount> _real = new(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = PeopleExtensions.PasswordIterations }));

        public List<int> Verified { get; } = [];

        public int Hashed { get; set; }

        public static int IterationsOf(string hash) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));

        public string HashPassword(UserAccount user, string password)
        {
            Hashed++;
            return _real.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(UserAccount user, string hashedPassword, string providedPassword)
        {
            Verified.Add(IterationsOf(hashedPassword));
            return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
