using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Gateway.Tests.People;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Gateway.Tests;

/// <summary>A client secret is worth no more, and lives no longer, than the key, the sign-in and the membership that it came from.</summary>
public sealed class ClientSecretMakerTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Organization = "org_maker";

    [Fact]
    public async Task It_ends_when_the_key_that_made_it_is_revoked()
    {
        using var admin = await SignedInAsync("maker-key@example.com", "admin");
        var key = await CreateKeyAsync(admin, null);
        var secret = await GrantAsync(key, "api_key");
        await OpenAsync(secret);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/api-keys/{key}")).StatusCode);
        await RefusedAsync(secret, HttpStatusCode.Unauthorized);
        // Nor does it lead back into the conversation that it began.
        await RefusedAsync(secret, HttpStatusCode.Unauthorized, "?resume=token");
    }

    [Fact]
    public async Task It_ends_when_the_key_that_made_it_expires()
    {
        using var admin = await SignedInAsync("maker-expiry@example.com", "admin");
        var secret = await GrantAsync(await CreateKeyAsync(admin, gateway.Time.GetUtcNow().AddMinutes(1)), "api_key");
        await OpenAsync(secret);
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await RefusedAsync(secret, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_ends_with_the_sign_in_that_made_it()
    {
        using var member = await SignedInAsync("maker-session@example.com", "member");
        var secret = await GrantAsync(await member.UserIdAsync(), "user", await SessionAsync(member));
        await OpenAsync(secret);
        Assert.Equal(HttpStatusCode.NoContent, (await member.PostAsJsonAsync("/api/v1/auth/sign-out", new { })).StatusCode);
        await RefusedAsync(secret, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_ends_with_the_membership_of_who_made_it()
    {
        using var owner = await SignedInAsync("maker-owner@example.com", "owner");
        using var member = await SignedInAsync("maker-member@example.com", "member");
        var id = await member.UserIdAsync();
        var secret = await GrantAsync(id, "user", await SessionAsync(member));
        await OpenAsync(secret);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"/api/v1/members/{id}")).StatusCode);
        await RefusedAsync(secret, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_holds_nothing_that_its_maker_no_longer_may()
    {
        using var owner = await SignedInAsync("maker-boss@example.com", "owner");
        using var member = await SignedInAsync("maker-demoted@example.com", "member");
        var id = await member.UserIdAsync();
        var secret = await GrantAsync(id, "user", await SessionAsync(member));
        await OpenAsync(secret);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PatchAsync($"/api/v1/members/{id}", JsonContent.Create(new { role = "viewer" }))).StatusCode);
        await RefusedAsync(secret, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task It_never_held_what_the_key_that_made_it_may_not()
    {
        using var admin = await SignedInAsync("maker-scope@example.com", "admin");
        var key = await CreateKeyAsync(admin, null, "agents:read");
        // Whatever was written beside it.
        await RefusedAsync(await GrantAsync(key, "api_key"), HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("api_key", "key_nobody", null)]
    [InlineData("user", "user_nobody", null)]
    [InlineData("user", "user_nobody", "ses_nobody")]
    [InlineData("service", "voice-api", null)]
    public async Task Made_by_nobody_it_opens_nothing(string kind, string subject, string? session) =>
        await RefusedAsync(await GrantAsync(subject, kind, session), HttpStatusCode.Unauthorized);

    [Fact]
    public async Task It_ends_with_the_sign_in_of_another_person_no_more_than_it_lives_by_it()
    {
        using var member = await SignedInAsync("maker-one@example.com", "member");
        using var other = await SignedInAsync("maker-two@example.com", "member");
        await RefusedAsync(await GrantAsync(await member.UserIdAsync(), "user", await SessionAsync(other)), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Making_one_is_in_the_audit_trail_and_tells_voice_api_alone_the_sign_in()
    {
        using var member = await SignedInAsync("maker-trail@example.com", "member");
        var hash = ClientSecret.Hash(ClientSecret.Create());
        gateway.Services.Answers["/v1/realtime/client_secrets"] = async context =>
        {
            Assert.Equal(await SessionAsync(member), context.Request.Headers[ClientSecret.SignInHeader].ToString());
            context.Response.Headers[ClientSecret.HashHeader] = hash;
            await context.Response.WriteAsync("{}");
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/realtime/client_secrets") { Content = JsonContent.Create(new { }) };
        request.Headers.Add(ClientSecret.SignInHeader, "ses_forged");
        using var response = await member.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains(ClientSecret.HashHeader));
        Assert.Equal(1, await gateway.Database.ScalarAsync<long>(
            $"select count(*) from identity.audit_entries where action = 'client_secret.create' and actor_id = '{await member.UserIdAsync()}' and target_id = '{hash[..16]}'"));
    }

    private async Task<HttpClient> SignedInAsync(string email, string role)
    {
        await gateway.NewUserOfOwnAsync(email, Organization, role);
        return await gateway.SignedInAsync(email);
    }

    private static async Task<string> SessionAsync(HttpClient client) =>
        (await (await client.GetAsync("/api/v1/auth/sessions")).JsonAsync()).GetProperty("data").EnumerateArray().Single(s => s.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;

    private static async Task<string> CreateKeyAsync(HttpClient admin, DateTimeOffset? expiresAt, string scope = "sessions:write")
    {
        using var made = await admin.PostAsync("/api/v1/api-keys", new { name = "Maker", scopes = new[] { scope }, expires_at = expiresAt });
        return (await made.JsonAsync()).GetProperty("key").GetProperty("id").GetString()!;
    }

    private async Task<string> GrantAsync(string subject, string kind, string? session = null)
    {
        var secret = ClientSecret.Create();
        var lifetime = TimeSpan.FromMinutes(10);
        var issuer = new Caller(Organization, subject, kind, "maker") { Scopes = ScopeSet.Everything };
        var grant = new ClientSecretGrant(issuer, "receptionist", "Clinic receptionist", null, 9, gateway.Time.GetUtcNow() + lifetime, "{}") { SignInSession = session };
        await gateway.Provider.GetRequiredService<ClientSecretStore>().AddAsync(ClientSecret.Hash(secret), grant, lifetime, CancellationToken.None).OrTimeout();
        return secret;
    }

    private async Task OpenAsync(string secret)
    {
        using var socket = Socket(secret);
        await socket.ConnectAsync(Url("?agent=receptionist"), CancellationToken.None).OrTimeout();
    }

    private async Task RefusedAsync(string secret, HttpStatusCode status, string query = "?agent=receptionist")
    {
        using var socket = Socket(secret);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Url(query), CancellationToken.None).OrTimeout());
        Assert.Equal(status, socket.HttpStatusCode);
    }

    private Uri Url(string query) => new UriBuilder(new Uri(gateway.Url, "/v1/realtime")) { Scheme = "ws", Query = query }.Uri;

    private static ClientWebSocket Socket(string secret)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {secret}");
        return socket;
    }
}
