using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Gateway.Tests;

/// <summary>Which pages of other sites may call, and read what they are answered.</summary>
public sealed class CorsTests(CorsTests.Organizations organizations) : IClassFixture<CorsTests.Organizations>
{
    private const string Clinic = "https://clinic.example";
    private const string Shop = "https://shop.example";
    private const string Kiosk = "https://kiosk.example:8443";

    private GatewayHost Gateway => organizations.Gateway;

    [Theory]
    [InlineData(Clinic, "/api/v1/agents", true)]
    [InlineData(Clinic, "/v1/chat/completions", true)]
    [InlineData(Clinic, "/api/v1/api-keys", true)]
    [InlineData(Shop, "/api/v1/agents", true)]
    [InlineData(Kiosk, "/api/v1/agents", true)]
    [InlineData("https://evil.example", "/api/v1/agents", false)]
    [InlineData("http://clinic.example", "/api/v1/agents", false)]
    [InlineData("https://clinic.example:444", "/api/v1/agents", false)]
    [InlineData("https://clinic.example.evil.example", "/api/v1/agents", false)]
    [InlineData("null", "/api/v1/agents", false)]
    [InlineData(Clinic, "/api/v1/auth/sign-in", false)]
    [InlineData(Clinic, "/api/v1/auth/token", false)]
    [InlineData(Clinic, "/sessions", false)]
    [InlineData(Clinic, "/health", false)]
    public async Task A_preflight_is_answered_for_origins_that_somebody_allows_and_reaches_nobody(string origin, string path, bool allowed)
    {
        var reached = Gateway.Services.Seen.Count;
        using var response = await PreflightAsync(origin, path);

        Assert.Equal(allowed ? origin : null, Header(response, "Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal(reached, Gateway.Services.Seen.Count);
        if (allowed)
        {
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            Assert.Equal(["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"], Words(response, "Access-Control-Allow-Methods"));
            Assert.Empty(((string[])["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "X-Stainless-Lang"]).Except(Words(response, "Access-Control-Allow-Headers")));
            Assert.DoesNotContain("Cookie", Words(response, "Access-Control-Allow-Headers"));
            Assert.Equal("600", Header(response, "Access-Control-Max-Age"));
            Assert.Contains("Origin", response.Headers.Vary);
        }
    }

    [Fact]
    public async Task A_page_of_the_organization_reads_answers_and_the_headers_that_matter()
    {
        using var response = await AskAsync("/api/v1/agents", Organizations.ClinicKey, Clinic);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Clinic, Header(response, "Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal(["Origin"], response.Headers.Vary);
        string[] readable = ["RateLimit", "RateLimit-Policy", "Retry-After", "ETag", "Idempotency-Replayed", "X-Request-Id", "Location"];
        Assert.Empty(readable.Except(Words(response, "Access-Control-Expose-Headers")));
    }

    [Theory]
    [InlineData("/api/v1/agentless", Organizations.ClinicKey, HttpStatusCode.NotFound)]
    [InlineData("/api/v1/api-keys", Organizations.ClinicKey, HttpStatusCode.Forbidden)]
    [InlineData("/api/v1/agents", "va_mistyped", HttpStatusCode.Unauthorized)]
    [InlineData("/api/v1/errors", null, HttpStatusCode.OK)]
    public async Task A_page_reads_why_it_was_refused(string path, string? key, HttpStatusCode status)
    {
        using var response = await AskAsync(path, key, Clinic);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(Clinic, Header(response, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(Shop)]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task A_page_of_another_site_is_refused_where_the_organization_names_its_own_and_nothing_is_done(string origin)
    {
        var path = $"/api/v1/agents/{Guid.NewGuid():n}";
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var response = await AskAsync(path, Organizations.ClinicKey, origin, method);
            await HttpAssert.IsErrorAsync(response, HttpStatusCode.Forbidden, "origin_not_allowed");
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }

        Assert.DoesNotContain(Gateway.Services.Seen, seen => seen.Path == path);
        using var program = await AskAsync(path, Organizations.ClinicKey, origin: null);
        Assert.Equal(HttpStatusCode.OK, program.StatusCode);
    }

    [Fact]
    public async Task An_organization_that_names_no_pages_is_called_by_programs_whatever_they_call_themselves_and_read_by_no_page()
    {
        using var response = await AskAsync("/api/v1/agents", Organizations.PlainKey, Clinic);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Contains("Origin", response.Headers.Vary);
    }

    [Fact]
    public async Task A_key_that_names_its_pages_is_read_by_them_alone()
    {
        using var own = await AskAsync("/api/v1/agents", Organizations.KioskKey, Kiosk);
        Assert.Equal((HttpStatusCode.OK, Kiosk), (own.StatusCode, Header(own, "Access-Control-Allow-Origin")));
        using var other = await AskAsync("/api/v1/agents", Organizations.KioskKey, Clinic);
        await HttpAssert.IsErrorAsync(other, HttpStatusCode.Forbidden, "api_key_origin");
    }

    [Fact]
    public async Task A_cookie_is_never_read_from_another_site()
    {
        using var client = Gateway.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", await Gateway.CookieAsync("doctor@clinic.example"));
        client.DefaultRequestHeaders.Add("Origin", Clinic);
        using var response = await client.GetAsync("/api/v1/agents");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.All(response.Headers, header => Assert.False(header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase), header.Key));
    }

    [Fact]
    public async Task A_cache_never_gives_a_page_what_it_kept_for_another_one()
    {
        foreach (var origin in new[] { null, Clinic, "https://evil.example" })
        {
            using var response = await AskAsync("/api/v1/errors", null, origin);
            Assert.Equal("Origin", Assert.Single(response.Headers.Vary, value => value == "Origin"));
        }
    }

    [Fact]
    public async Task A_client_secret_opens_conversations_on_pages_of_its_organization()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("https://evil.example"));
        using var socket = await ConnectAsync(Clinic);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Theory]
    [InlineData("https://a.example/", false)]
    [InlineData("https://A.example", false)]
    [InlineData("https://a.example:443", false)]
    [InlineData("https://user@a.example", false)]
    [InlineData("https://bücher.example", false)]
    [InlineData("http://a.example", false)]
    [InlineData("*", false)]
    [InlineData("null", false)]
    [InlineData("ftp://a.example", false)]
    [InlineData(null, false)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://xn--bcher-kva.example", true)]
    public async Task An_owner_states_origins_as_browsers_send_them(string? origin, bool good)
    {
        using var response = await ChangeAsync("owner@plain.example", origin);
        if (!good)
        {
            await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadRequest, "invalid_origin");
            return;
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([origin], (await response.JsonAsync()).GetProperty("allowed_origins").EnumerateArray().Select(one => one.GetString()));
        // At once, in this gateway; taken away as fast.
        Assert.Equal(origin, Header(await PreflightAsync(origin!, "/v1/models"), "Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync("owner@plain.example")).StatusCode);
        Assert.Null(Header(await PreflightAsync(origin!, "/v1/models"), "Access-Control-Allow-Origin"));
    }

    private async Task<HttpResponseMessage> ChangeAsync(string email, params string?[] origins)
    {
        using var client = Gateway.WithCookie(await Gateway.CookieAsync(email));
        using var read = await client.GetAsync("/api/v1/organization");
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/organization") { Content = JsonContent.Create(new { allowed_origins = origins }) };
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        return await client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string origin, string path)
    {
        using var client = Gateway.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-stainless-lang");
        return await client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? key, string? origin, HttpMethod? method = null)
    {
        using var client = key is null ? Gateway.Anonymous() : Gateway.WithKey(key);
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await client.SendAsync(request);
    }

    private async Task<ClientWebSocket> ConnectAsync(string origin)
    {
        var secret = ClientSecret.Create();
        var issuer = new Caller("org_clinic", "key_clinic", "api_key", "Clinic") { Scopes = ScopeSet.Of(Scopes.SessionsWrite) };
        await Gateway.Provider.GetRequiredService<ClientSecretStore>().AddAsync(
            ClientSecret.Hash(secret), new ClientSecretGrant(issuer, null, null, null, 1, Gateway.Time.GetUtcNow().AddMinutes(1), "{}"), TimeSpan.FromMinutes(1), CancellationToken.None);
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {secret}");
        socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new UriBuilder(new Uri(Gateway.Url, "/v1/realtime")) { Scheme = "ws" }.Uri, CancellationToken.None).OrTimeout();
        return socket;
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;

    private static List<string> Words(HttpResponseMessage response, string name) =>
        [.. response.Headers.GetValues(name).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)).Order(StringComparer.Ordinal)];

    /// <summary>One that names its pages, another one that does, and one that does not, with a key that names a page for itself.</summary>
    public sealed class Organizations : IAsyncLifetime
    {
        public const string ClinicKey = "va_clinic";
        public const string PlainKey = "va_plain";
        public const string KioskKey = "va_kiosk";

        public GatewayHost Gateway { get; } = new();

        public async Task InitializeAsync()
        {
            await Gateway.InitializeAsync();
            await Gateway.NewUserOfOwnAsync("doctor@clinic.example", "org_clinic", "owner");
            await Gateway.NewUserOfOwnAsync("owner@shop.example", "org_shop", "owner");
            await Gateway.NewUserOfOwnAsync("owner@plain.example", "org_plain", "owner");
            await ExecuteAsync("update identity.organizations set allowed_origins = $2 where id = $1", "org_clinic", new[] { Clinic });
            await ExecuteAsync("update identity.organizations set allowed_origins = $2 where id = $1", "org_shop", new[] { Shop });
            foreach (var (key, organization, origin) in new[] { (ClinicKey, "org_clinic", null), (PlainKey, "org_plain", null), (KioskKey, "org_plain", Kiosk) })
            {
                await ExecuteAsync(
                    "insert into identity.api_keys (id, organization_id, name, key_sha256, created_at, origins) values ($1, $2, 'test', $3, now(), $4)",
                    key.Replace("va_", "key_", StringComparison.Ordinal), organization, SHA256.HashData(Encoding.UTF8.GetBytes(key)), origin is null ? [] : new[] { origin });
            }

            // What is known of origins is some seconds old at most.
            Gateway.Time.Advance(TimeSpan.FromSeconds(11));
        }

        public Task DisposeAsync() => Gateway.DisposeAsync();

        private async Task ExecuteAsync(string sql, params object[] values)
        {
            await using var command = Gateway.Database.DataSource.CreateCommand(sql);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}
