using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Gateway.Sessions;

namespace Gateway.Tests;

public sealed class SignInSessionTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Who_signs_in_twice_sees_both_and_can_end_the_other()
    {
        await gateway.NewUserOfOwnAsync("twice@example.com");
        var first = await gateway.CookieAsync("twice@example.com", "A phone");
        var second = await gateway.CookieAsync("twice@example.com", "A laptop");

        var listed = await ListAsync(second);
        Assert.Equal(["A laptop", "A phone"], listed.Select(s => s.GetProperty("device").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("A laptop", listed.Single(s => s.GetProperty("current").GetBoolean()).GetProperty("device").GetString());
        var other = listed.Single(s => !s.GetProperty("current").GetBoolean());
        Assert.Equal(("password", "127.0.0.1"), (other.GetProperty("method").GetString(), other.GetProperty("address").GetString()));

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(second, $"/api/v1/auth/sessions/{other.GetProperty("id").GetString()}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(first));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second));
        Assert.Single(await ListAsync(second));
    }

    [Fact]
    public async Task The_other_devices_can_be_signed_out_at_once()
    {
        await gateway.NewUserOfOwnAsync("many@example.com");
        string[] others = [await gateway.CookieAsync("many@example.com"), await gateway.CookieAsync("many@example.com")];
        var mine = await gateway.CookieAsync("many@example.com");
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(mine, "/api/v1/auth/sessions"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(mine));
        foreach (var other in others)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other));
        }
    }

    [Fact]
    public async Task The_sign_in_of_somebody_else_is_not_there()
    {
        await gateway.NewUserOfOwnAsync("victim@example.com");
        await gateway.NewUserOfOwnAsync("attacker@example.com");
        var victim = await gateway.CookieAsync("victim@example.com");
        var id = (await ListAsync(victim)).Single().GetProperty("id").GetString();
        var attacker = await gateway.CookieAsync("attacker@example.com");
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(attacker, $"/api/v1/auth/sessions/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(attacker, $"/api/v1/auth/sessions/{new string('x', 500)}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(victim));
    }

    [Fact]
    public async Task A_cookie_that_was_copied_dies_when_its_owner_signs_out()
    {
        await gateway.NewUserOfOwnAsync("copied@example.com");
        var cookie = await gateway.CookieAsync("copied@example.com");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cookie));
        using var client = gateway.WithCookie(cookie);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("/api/v1/auth/sign-out", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cookie));
    }

    [Fact]
    public async Task A_session_slides_while_it_is_used_ends_when_it_is_not_and_ends_for_good_after_a_month()
    {
        var sessions = gateway.Provider.GetRequiredService<SignInSessions>();
        var used = await sessions.StartAsync("user_slide", "org_default", null, null, "password", CancellationToken.None);
        var unused = await sessions.StartAsync("user_slide", "org_default", null, null, "password", CancellationToken.None);
        for (var day = 0; day < 59; day++)
        {
            gateway.Time.Advance(TimeSpan.FromHours(11.9));
            Assert.NotNull((await sessions.CheckAsync(used.Id, CancellationToken.None)).Session);
        }

        Assert.Equal(SessionCheck.Ended, await sessions.CheckAsync(unused.Id, CancellationToken.None));
        Assert.Equal([used.Id], (await sessions.ListAsync("user_slide", CancellationToken.None)).Select(s => s.Id));
        gateway.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(SessionCheck.Ended, await sessions.CheckAsync(used.Id, CancellationToken.None));
    }

    [Fact]
    public async Task The_current_organization_belongs_to_the_session_and_can_be_switched()
    {
        var sessions = gateway.Provider.GetRequiredService<SignInSessions>();
        var session = await sessions.StartAsync("user_two", "org_a", "x", null, "password", CancellationToken.None);
        Assert.False(await sessions.SwitchOrganizationAsync("user_other", session.Id, "org_b", CancellationToken.None));
        Assert.Equal("org_a", (await sessions.CheckAsync(session.Id, CancellationToken.None)).Session!.OrganizationId);
        Assert.True(await sessions.SwitchOrganizationAsync("user_two", session.Id, "org_b", CancellationToken.None));
        Assert.Equal("org_b", (await sessions.CheckAsync(session.Id, CancellationToken.None)).Session!.OrganizationId);
    }

    private async Task<List<JsonElement>> ListAsync(string cookie)
    {
        using var client = gateway.WithCookie(cookie);
        using var response = await client.GetAsync("/api/v1/auth/sessions");
        return [.. (await response.JsonAsync()).GetProperty("data").EnumerateArray()];
    }

    private async Task<HttpStatusCode> DeleteAsync(string cookie, string path)
    {
        using var client = gateway.WithCookie(cookie);
        using var response = await client.DeleteAsync(path);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(string cookie)
    {
        using var client = gateway.WithCookie(cookie);
        using var response = await client.GetAsync("/api/v1/auth/me");
        return response.StatusCode;
    }
}
