using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Gateway.Tests.Tokens;
using Voice.Gateway.Authentication;

namespace Gateway.Tests.People;

/// <summary>What a stolen cookie, or a screen left alone, is not enough for.</summary>
public sealed class StepUpTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task A_person_makes_and_renews_keys_with_a_fresh_proof_only()
    {
        await gateway.NewUserOfOwnAsync("step-key@example.com", "org_step", "admin");
        using var admin = await gateway.SignedInAsync("step-key@example.com");
        var path = $"/api/v1/api-keys/{await CreateKeyAsync(admin)}/rotate";
        await RefusedUntilProvenAsync(admin, () => admin.PostAsync("/api/v1/api-keys", new { name = "Later", scopes = new[] { "agents:read" } }));
        await RefusedUntilProvenAsync(admin, () => admin.PostAsync(path, new { }));
        gateway.Time.Advance(FreshProof.Lasts);
        // To take something away is never too late.
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(path.Replace("/rotate", "", StringComparison.Ordinal))).StatusCode);
    }

    [Fact]
    public async Task A_key_that_manages_keys_has_nobody_to_prove_and_makes_them()
    {
        await gateway.NewUserOfOwnAsync("step-maker@example.com", "org_step_maker", "admin");
        using var admin = await gateway.SignedInAsync("step-maker@example.com");
        using var made = await admin.PostAsync("/api/v1/api-keys", new { name = "Maker", scopes = new[] { "keys:manage", "agents:read" } });
        using var key = gateway.WithKey((await made.JsonAsync()).GetProperty("secret").GetString()!);
        gateway.Time.Advance(FreshProof.Lasts);
        await CreateKeyAsync(key);
    }

    [Fact]
    public async Task An_access_token_alone_makes_no_keys()
    {
        await gateway.NewUserOfOwnAsync("step-token@example.com", "org_step_token", "admin");
        using var admin = await gateway.SignedInAsync("step-token@example.com");
        using var tokens = await admin.PostAsync("/api/v1/auth/tokens", new { });
        using var program = gateway.Anonymous();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await tokens.JsonAsync()).Access());
        Assert.Equal(HttpStatusCode.OK, await program.StatusAsync("/api/v1/api-keys"));
        using var refused = await program.PostAsync("/api/v1/api-keys", new { name = "Stolen", scopes = new[] { "agents:read" } });
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.Forbidden, "confirmation_required");
    }

    [Fact]
    public async Task Owners_are_made_invited_unmade_and_removed_with_a_fresh_proof_only()
    {
        await gateway.NewUserOfOwnAsync("step-owner@example.com", "org_step_owner", "owner");
        var other = await gateway.NewUserOfOwnAsync("step-other@example.com", "org_step_owner", "member");
        using var owner = await gateway.SignedInAsync("step-owner@example.com");
        await RefusedUntilProvenAsync(owner, () => owner.PostAsync("/api/v1/invitations", new { email = "next@example.com", role = "owner" }));
        await RefusedUntilProvenAsync(owner, () => RoleAsync("owner"));
        await RefusedUntilProvenAsync(owner, () => RoleAsync("admin"));
        Assert.Equal(HttpStatusCode.NoContent, (await RoleAsync("owner")).StatusCode);
        await RefusedUntilProvenAsync(owner, () => owner.DeleteAsync($"/api/v1/members/{other}"));
        // Everything else about members goes on without.
        gateway.Time.Advance(FreshProof.Lasts);
        Assert.Equal(HttpStatusCode.Created, (await owner.PostAsync("/api/v1/invitations", new { email = "more@example.com", role = "admin" })).StatusCode);

        Task<HttpResponseMessage> RoleAsync(string role) => owner.PatchAsync($"/api/v1/members/{other}", JsonContent.Create(new { role }));
    }

    [Fact]
    public async Task That_everybody_needs_a_second_factor_is_given_up_with_a_fresh_proof_only()
    {
        await gateway.NewUserOfOwnAsync("step-settings@example.com", "org_step_settings", "owner");
        using var owner = await gateway.SignedInAsync("step-settings@example.com");
        await gateway.EnrolAsync(owner);
        gateway.Time.Advance(FreshProof.Lasts);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { require_second_factor = true })).StatusCode);
        await HttpAssert.IsErrorAsync(await ChangeAsync(new { require_second_factor = false }), HttpStatusCode.Forbidden, "confirmation_required");
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { name = "Renamed" })).StatusCode);

        async Task<HttpResponseMessage> ChangeAsync(object change)
        {
            using var read = await owner.GetAsync("/api/v1/organization");
            using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/organization") { Content = JsonContent.Create(change) };
            request.Headers.IfMatch.Add(read.Headers.ETag!);
            return await owner.SendAsync(request);
        }
    }

    [Fact]
    public async Task Mails_with_links_that_open_accounts_are_read_with_a_fresh_proof_only()
    {
        using var anonymous = gateway.Anonymous();
        await anonymous.PostAsync("/api/v1/auth/sign-up", new { email = "step-mail@example.com", password = PeopleSteps.Password, organization_name = "Step" });
        var id = (await gateway.MailsAsync("step-mail@example.com", "sign_up"))[0].GetProperty("id").GetString();
        using var owner = await gateway.OwnerAsync();
        await RefusedUntilProvenAsync(owner, () => owner.GetAsync($"/api/v1/outbox/{id}"));
    }

    private async Task RefusedUntilProvenAsync(HttpClient client, Func<Task<HttpResponseMessage>> act)
    {
        gateway.Time.Advance(FreshProof.Lasts);
        using var refused = await act();
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.Forbidden, "confirmation_required");
        using var confirmed = await client.PostAsync("/api/v1/auth/confirm", new { password = GatewayHost.AdminPassword });
        Assert.Equal(HttpStatusCode.NoContent, confirmed.StatusCode);
        using var allowed = await act();
        Assert.True(allowed.IsSuccessStatusCode, $"{(int)allowed.StatusCode} {await allowed.Content.ReadAsStringAsync()}");
    }

    private static async Task<string> CreateKeyAsync(HttpClient client)
    {
        using var response = await client.PostAsync("/api/v1/api-keys", new { name = "Some", scopes = new[] { "agents:read" } });
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.JsonAsync()).GetProperty("key").GetProperty("id").GetString()!;
    }
}
