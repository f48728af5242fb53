using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Gateway.Tests;

/// <summary>What a client secret opens, for whom, how often and how long.</summary>
public sealed class ClientSecretTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Origin = "https://clinic.example";

    [Fact]
    public async Task A_secret_opens_a_socket_for_its_issuer_and_goes_no_further()
    {
        var secret = await GrantAsync(origin: Origin);
        using var socket = await ConnectAsync(secret, origin: Origin, subprotocol: true);

        Assert.Equal("realtime", socket.SubProtocol);
        var seen = gateway.Services.Seen.Last(s => s.Path.StartsWith("/v1/realtime", StringComparison.Ordinal));
        Assert.Equal(ClientSecret.Hash(secret), seen.Header(ClientSecret.HashHeader));
        Assert.DoesNotContain(seen.Headers, header => header.Value.Contains(secret, StringComparison.Ordinal));
        var claims = seen.Header("Authorization").Split('.')[1];
        var payload = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(claims));
        Assert.Contains($"\"sub\":\"{await KeyIdAsync()}\"", payload, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"client_secret\"", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_good_for_one_session_unless_it_says_more()
    {
        var secret = await GrantAsync();
        using var first = await ConnectAsync(secret);
        await RefusedAsync(secret, HttpStatusCode.Unauthorized);

        var twice = await GrantAsync(uses: 2);
        using var second = await ConnectAsync(twice);
        using var third = await ConnectAsync(twice);
        await RefusedAsync(twice, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Connections_at_the_same_moment_share_the_uses_exactly()
    {
        var secret = await GrantAsync(uses: 3);
        var attempts = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            try
            {
                using var socket = await ConnectAsync(secret);
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        }));

        Assert.Equal(3, attempts.Count(opened => opened));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://clinic.example")]
    [InlineData(null)]
    public async Task A_secret_is_for_one_origin(string? origin)
    {
        var secret = await GrantAsync(origin: Origin);
        await RefusedAsync(secret, HttpStatusCode.Forbidden, origin: origin);
        using var socket = await ConnectAsync(secret, origin: Origin);
    }

    [Fact]
    public async Task The_first_use_decides_the_origin_where_the_secret_names_none()
    {
        var secret = await GrantAsync(uses: 3);
        using var first = await ConnectAsync(secret, origin: Origin);
        await RefusedAsync(secret, HttpStatusCode.Forbidden, origin: "https://evil.example");
        using var second = await ConnectAsync(secret, origin: Origin);
    }

    [Theory]
    [InlineData("?agent=companion")]
    [InlineData("?model=gpt-realtime")]
    public async Task A_secret_is_for_one_agent(string query)
    {
        var secret = await GrantAsync(uses: 9);
        await RefusedAsync(secret, HttpStatusCode.Forbidden, query);
        using var byId = await ConnectAsync(secret, "?agent=receptionist");
        using var byName = await ConnectAsync(secret, "?model=Clinic%20Receptionist");
        using var unsaid = await ConnectAsync(secret, "");
    }

    [Fact]
    public async Task A_secret_ends()
    {
        var secret = await GrantAsync();
        gateway.Time.Advance(TimeSpan.FromSeconds(60));
        await RefusedAsync(secret, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_client_comes_back_to_its_session_after_its_secret_has_ended_and_from_nowhere_else()
    {
        var secret = await GrantAsync(origin: Origin);
        await RefusedAsync(secret, HttpStatusCode.Unauthorized, "?resume=token", Origin);
        using var first = await ConnectAsync(secret, origin: Origin);
        gateway.Time.Advance(TimeSpan.FromMinutes(10));
        using var again = await ConnectAsync(secret, "?resume=token", Origin);
        await RefusedAsync(secret, HttpStatusCode.Forbidden, "?resume=token", "https://evil.example");
        await RefusedAsync(secret, HttpStatusCode.Unauthorized, origin: Origin);
    }

    [Theory]
    [InlineData("GET", "/v1/realtime")]
    [InlineData("POST", "/v1/realtime/client_secrets")]
    [InlineData("GET", "/api/v1/agents")]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("GET", "/metrics/voice-api")]
    public async Task A_secret_opens_nothing_else(string method, string path)
    {
        var secret = await GrantAsync();
        using var client = gateway.WithKey(secret);
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)).OrTimeout();

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(secret, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var socket = await ConnectAsync(secret);
    }

    [Fact]
    public async Task A_secret_nobody_made_opens_nothing() => await RefusedAsync(ClientSecret.Create(), HttpStatusCode.Unauthorized);

    [Fact]
    public async Task No_client_says_itself_which_secret_it_came_with()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {GatewayHost.ApiKey}");
        socket.Options.SetRequestHeader(ClientSecret.HashHeader, "somebody-elses");
        await socket.ConnectAsync(Url("?agent=receptionist&mark=forged"), CancellationToken.None).OrTimeout();

        Assert.False(gateway.Services.Seen.Last(s => s.Path.Contains("mark=forged", StringComparison.Ordinal)).Headers.ContainsKey(ClientSecret.HashHeader));
    }

    [Fact]
    public async Task Without_Redis_nobody_comes_in_with_a_secret_and_everybody_else_does()
    {
        await using var factory = GatewayHost.CreateFactory(gateway.Database, gateway.Services.Addresses, gateway.Time);
        factory.StartServer();
        var url = factory.ClientOptions.BaseAddress;
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {ClientSecret.Create()}");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(new Uri(url, "/v1/realtime")) { Scheme = "ws" }.Uri, CancellationToken.None).OrTimeout());
        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", GatewayHost.ApiKey);
        using var response = await client.GetAsync("/api/v1/agents").OrTimeout();
        using var health = await client.GetAsync("/health").OrTimeout();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, socket.HttpStatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (response.StatusCode, health.StatusCode));
    }

    private Task<string?> KeyIdAsync() => gateway.Database.ScalarAsync<string>("select id from identity.api_keys where name = 'First key'");

    private async Task<string> GrantAsync(string? origin = null, int uses = 1)
    {
        var secret = ClientSecret.Create();
        var lifetime = TimeSpan.FromSeconds(60);
        var grant = new ClientSecretGrant(
            new Caller("org_default", (await KeyIdAsync())!, "api_key", "tests") { Scopes = ScopeSet.Of(Scopes.SessionsWrite) }, "receptionist", "Clinic receptionist", origin, uses, gateway.Time.GetUtcNow() + lifetime, "{}");
        await gateway.Provider.GetRequiredService<ClientSecretStore>().AddAsync(ClientSecret.Hash(secret), grant, lifetime, CancellationToken.None).OrTimeout();
        return secret;
    }

    private Uri Url(string query) => new UriBuilder(new Uri(gateway.Url, "/v1/realtime")) { Scheme = "ws", Query = query }.Uri;

    private async Task<ClientWebSocket> ConnectAsync(string secret, string query = "?agent=receptionist", string? origin = null, bool subprotocol = false)
    {
        var socket = Socket(secret, origin, subprotocol);
        await socket.ConnectAsync(Url(query), CancellationToken.None).OrTimeout();
        return socket;
    }

    private async Task RefusedAsync(string secret, HttpStatusCode status, string query = "?agent=receptionist", string? origin = null)
    {
        using var socket = Socket(secret, origin, subprotocol: false);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Url(query), CancellationToken.None).OrTimeout());
        Assert.Equal(status, socket.HttpStatusCode);
    }

    private static ClientWebSocket Socket(string secret, string? origin, bool subprotocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (subprotocol)
        {
            socket.Options.AddSubProtocol("realtime");
            socket.Options.AddSubProtocol($"openai-insecure-api-key.{secret}");
        }
        else
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {secret}");
        }

        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        return socket;
    }
}
