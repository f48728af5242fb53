using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Gateway.Tests.Http2;

/// <summary>HTTP/2 is another way to say the same: every route, every rule.</summary>
public sealed class Http2Tests(Http2Gateway gateway) : IClassFixture<Http2Gateway>
{
    [Theory]
    [InlineData("/api/v1/agents", "voice-api")]
    [InlineData("/api/v1/sessions/sess_1/interventions", "safety-worker")]
    [InlineData("/api/v1/sessions/sess_1/exports", "export-worker")]
    [InlineData("/v1/models", "inference-worker")]
    [InlineData("/sessions/sess_1", "web")]
    public async Task Every_service_is_reached_in_the_clear_and_over_TLS(string path, string service)
    {
        foreach (var address in new[] { gateway.Clear, gateway.Tls })
        {
            using var client = gateway.Client(address);
            using var response = await client.GetAsync(path).OrTimeout();
            Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
            var seen = (await response.JsonAsync()).Deserialize<SeenRequest>()!;
            Assert.Equal((service, path), (seen.Service, seen.Path));
            Assert.StartsWith("Bearer ey", seen.Header("Authorization"));
            Assert.DoesNotContain(seen.Headers.Keys, name => name.StartsWith(':'));
            Assert.Equal(address == gateway.Tls, response.Headers.Contains("Strict-Transport-Security"));
        }
    }

    [Fact]
    public async Task A_client_that_only_speaks_HTTP_1_1_is_served_at_the_same_address_over_TLS()
    {
        using var client = gateway.Client(gateway.Tls);
        (client.DefaultRequestVersion, client.DefaultVersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
        using var response = await client.GetAsync("/api/v1/agents").OrTimeout();
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (response.StatusCode, response.Version));
    }

    [Fact]
    public async Task Bodies_limits_and_errors_are_the_same()
    {
        using var client = gateway.Client(gateway.Clear);
        using var small = await client.PostAsync("/api/v1/agents", new ByteArrayContent(new byte[500_000])).OrTimeout();
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        using var large = await client.PostAsync("/api/v1/agents", new ByteArrayContent(new byte[1_100_000])).OrTimeout();
        await HttpAssert.IsErrorAsync(large, HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        using var unknown = await client.GetAsync("/api/v1/nothing").OrTimeout();
        await HttpAssert.IsErrorAsync(unknown, HttpStatusCode.NotFound, "unknown_route");
    }

    [Fact]
    public async Task A_hundred_requests_share_a_connection()
    {
        using var client = gateway.Client(gateway.Clear);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.GetAsync($"/api/v1/agents/{i}"))).OrTimeout();
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Conversations_pass_and_are_counted_as_those_over_HTTP_1_1_are()
    {
        using var first = await ConnectAsync(gateway.Clear);
        await EchoAsync(first);
        var seen = gateway.Host.Services.Seen.Last(request => request.Path.StartsWith("/v1/realtime", StringComparison.Ordinal));
        Assert.Equal(("GET", "websocket"), (seen.Method, seen.Header("Upgrade")));
        using var second = await ConnectAsync(gateway.Tls);
        await EchoAsync(second);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(gateway.Clear));
        Assert.Contains("429", refused.ToString(), StringComparison.Ordinal);
        await second.CloseAsync(WebSocketCloseStatus.NormalClosure, "OK", CancellationToken.None).OrTimeout();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, second.CloseStatus);
    }

    [Fact]
    public async Task A_client_secret_opens_one_and_a_cookie_does_not_from_another_site()
    {
        // A secret lives as long as the key that made it. Its own organization: conversations of the others are counted.
        await gateway.Host.NewUserOfOwnAsync("owner@h2.example", "org_h2", "owner");
        await using (var insert = gateway.Host.Database.DataSource.CreateCommand(
            "insert into identity.api_keys (id, organization_id, name, key_sha256, created_at) values ('key_h2', 'org_h2', 'tests', sha256('h2'), now())"))
        {
            await insert.ExecuteNonQueryAsync();
        }

        var secret = ClientSecret.Create();
        var issuer = new Caller("org_h2", "key_h2", "api_key", "Tests") { Scopes = ScopeSet.Of(Scopes.SessionsWrite) };
        await gateway.Host.Provider.GetRequiredService<ClientSecretStore>().AddAsync(
            ClientSecret.Hash(secret), new ClientSecretGrant(issuer, null, null, null, 1, gateway.Host.Time.GetUtcNow().AddMinutes(1), "{}"), TimeSpan.FromMinutes(1), CancellationToken.None);
        using (var socket = await ConnectAsync(gateway.Clear, ("Authorization", $"Bearer {secret}")))
        {
            await EchoAsync(socket);
        }

        var cookie = await gateway.Host.CookieAsync(gateway.Host.Anonymous());
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(gateway.Clear, ("Cookie", cookie), ("Origin", "https://evil.example")));
        Assert.Contains("403", refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task<ClientWebSocket> ConnectAsync(Uri address, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        foreach (var (name, value) in headers.Length > 0 ? headers : [("Authorization", $"Bearer {GatewayHost.ApiKey}")])
        {
            socket.Options.SetRequestHeader(name, value);
        }

        var url = new UriBuilder(new Uri(address, "/v1/realtime")) { Scheme = address.Scheme == "https" ? "wss" : "ws" }.Uri;
        await socket.ConnectAsync(url, new HttpMessageInvoker(Http2Gateway.Handler()), CancellationToken.None).OrTimeout();
        return socket;
    }

    private static async Task EchoAsync(ClientWebSocket socket)
    {
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None).OrTimeout();
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).OrTimeout();
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
    }
}
