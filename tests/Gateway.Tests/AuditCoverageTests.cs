using System.Net.Http.Json;
using Gateway.Tests.OpenId;
using Gateway.Tests.People;
using Gateway.Tests.Tokens;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Voice.Gateway.Limits;
using Yarp.ReverseProxy.Model;

namespace Gateway.Tests;

/// <summary>
/// Every endpoint of the gateway's own that changes something leaves an entry in the audit trail, or says here why not. A new one fails
/// until it is in one of the lists.
/// </summary>
public sealed class AuditCoverageTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    private static readonly Dictionary<string, string> Silent = new()
    {
        ["PATCH /api/v1/account"] = "The language that one is written to in.",
        ["POST /api/v1/account/second-factor"] = "Counts for nothing until it is confirmed.",
        ["POST /api/v1/account/providers"] = "Only begins; what comes back from the provider is provider.linked.",
        ["POST /api/v1/auth/sign-up"] = "Nobody has done anything yet; account.created when the mail has come back.",
        ["POST /api/v1/auth/password/forgot"] = "Anybody may ask; password.reset when the mail has come back.",
        ["POST /api/v1/invitations/preview"] = "Reads.",
    };

    /// <summary>Acts that take a provider to talk to, by where the trail is looked at.</summary>
    private static readonly Dictionary<string, Type> Elsewhere = new()
    {
        ["POST /api/v1/auth/openid/link"] = typeof(AccountLinkTests),
        ["DELETE /api/v1/account/providers/{id}"] = typeof(AccountLinkTests),
    };

    private Dictionary<string, (string Action, Func<Task> Act)> Recorded => new()
    {
        ["POST /api/v1/auth/sign-in"] = ("sign_in", () => OwnerAsync()),
        ["POST /api/v1/auth/second-factor"] = ("second_factor", WrongCodeAsync),
        ["POST /api/v1/auth/sign-out"] = ("sign_out", With(owner => owner.PostAsync("/api/v1/auth/sign-out", new { }))),
        ["POST /api/v1/auth/confirm"] = ("identity.confirmed", With(owner => owner.PostAsync("/api/v1/auth/confirm", new { password = GatewayHost.AdminPassword }))),
        ["POST /api/v1/auth/switch"] = ("organization.entered", SwitchAsync),
        ["DELETE /api/v1/auth/sessions/{id}"] = ("sign_in.ended", EndSignInAsync),
        ["DELETE /api/v1/auth/sessions"] = ("sign_ins.ended", With(owner => owner.DeleteAsync("/api/v1/auth/sessions"))),
        ["POST /api/v1/auth/sign-up/verify"] = ("account.created", () => gateway.NewAccountAsync(NewEmail())),
        ["POST /api/v1/auth/password/reset"] = ("password.reset", ResetAsync),
        ["POST /api/v1/auth/tokens"] = ("token.create", () => gateway.CreateAsync(NewEmail())),
        ["POST /api/v1/auth/tokens/password"] = ("token.create", async () =>
        {
            var email = NewEmail();
            await gateway.NewUserOfOwnAsync(email);
            await gateway.Anonymous().PostAsync("/api/v1/auth/tokens/password", new { email, password = GatewayHost.AdminPassword });
        }),
        ["POST /api/v1/auth/tokens/refresh"] = ("refresh_token.reuse", ReuseAsync),
        ["POST /api/v1/auth/tokens/revoke"] = ("token.revoke", async () =>
            await gateway.Anonymous().PostAsync("/api/v1/auth/tokens/revoke", new { refresh_token = (await gateway.CreateAsync(NewEmail())).Refresh() })),
        ["POST /api/v1/account/password"] = ("password.changed", With(owner => owner.PostAsync(
            "/api/v1/account/password", new { current_password = GatewayHost.AdminPassword, new_password = PeopleSteps.Password }))),
        ["POST /api/v1/account/second-factor/confirm"] = ("second_factor.added", With(gateway.EnrolAsync)),
        ["POST /api/v1/account/second-factor/recovery-codes"] = ("recovery_codes.renewed", With(async owner =>
        {
            await gateway.EnrolAsync(owner);
            return await owner.PostAsync("/api/v1/account/second-factor/recovery-codes", new { });
        })),
        ["DELETE /api/v1/account/second-factor"] = ("second_factor.removed", With(async owner =>
        {
            await gateway.EnrolAsync(owner);
            return await owner.DeleteAsync("/api/v1/account/second-factor");
        })),
        ["POST /api/v1/api-keys"] = ("api_key.create", With(CreateKeyAsync)),
        ["POST /api/v1/api-keys/{id}/rotate"] = ("api_key.rotate", With(async owner => await owner.PostAsync($"/api/v1/api-keys/{await CreateKeyAsync(owner)}/rotate", new { }))),
        ["DELETE /api/v1/api-keys/{id}"] = ("api_key.revoke", With(async owner => await owner.DeleteAsync($"/api/v1/api-keys/{await CreateKeyAsync(owner)}"))),
        ["PUT /api/v1/limits/keys/{id}"] = ("limits.set", With(async owner =>
            await owner.PutAsJsonAsync($"/api/v1/limits/keys/{await CreateKeyAsync(owner)}", new { concurrent_sessions = 3 }))),
        ["DELETE /api/v1/limits/keys/{id}"] = ("limits.reset", With(async owner => await owner.DeleteAsync($"/api/v1/limits/keys/{await CreateKeyAsync(owner)}"))),
        ["PATCH /api/v1/organization"] = ("organization.changed", With(RenameAsync)),
        ["POST /api/v1/organizations"] = ("organization.created", With(owner => owner.PostAsync("/api/v1/organizations", new { name = "Second" }))),
        ["POST /api/v1/organization/leave"] = ("member.left", LeaveAsync),
        ["PATCH /api/v1/members/{userId}"] = ("member.role_changed", With(async owner =>
            await owner.PatchAsync($"/api/v1/members/{await MemberAsync(owner)}", JsonContent.Create(new { role = "viewer" })))),
        ["DELETE /api/v1/members/{userId}"] = ("member.removed", With(async owner => await owner.DeleteAsync($"/api/v1/members/{await MemberAsync(owner)}"))),
        ["POST /api/v1/invitations"] = ("member.invited", With(owner => InviteAsync(owner, NewEmail()))),
        ["DELETE /api/v1/invitations/{id}"] = ("invitation.revoked", With(async owner => await owner.DeleteAsync($"/api/v1/invitations/{await InviteAsync(owner, NewEmail())}"))),
        ["POST /api/v1/invitations/accept"] = ("invitation.accepted", With(async owner =>
        {
            var email = NewEmail();
            await InviteAsync(owner, email);
            return await gateway.Anonymous().PostAsync(
                "/api/v1/invitations/accept", new { token = await gateway.MailedTokenAsync(email, "invitation"), password = PeopleSteps.Password });
        })),
    };

    [Fact]
    public void Every_endpoint_that_changes_something_says_what_it_leaves_in_the_trail()
    {
        var stated = Recorded.Keys.Concat(Silent.Keys).Concat(Elsewhere.Keys).ToList();
        var endpoints = gateway.Provider.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteModel>() is null && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Except(Reading)
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"))
            .ToList();
        Assert.True(endpoints.Count > 30, $"{endpoints.Count} endpoints");
        Assert.Equal(endpoints.Distinct().Order(), stated.Order());
    }

    [Fact]
    public async Task Every_act_that_is_said_to_be_in_the_trail_is_in_it()
    {
        List<string> missing = [];
        foreach (var (endpoint, (action, act)) in Recorded)
        {
            var before = await CountAsync(action);
            await act();
            if (await CountAsync(action) == before)
            {
                missing.Add($"{endpoint}: {action}");
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Limits_that_whoever_runs_the_installation_sets_are_in_the_trail_of_their_organization()
    {
        await gateway.NewUserOfOwnAsync(NewEmail(), "org_limited", "owner");
        await using var output = new StringWriter();
        Assert.Equal(0, await LimitsCommand.RunAsync(gateway.Provider, ["limits", "set", "org_limited", """{"concurrent_sessions":3}"""], output, CancellationToken.None));
        Assert.Equal(0, await LimitsCommand.RunAsync(gateway.Provider, ["limits", "reset", "org_limited"], output, CancellationToken.None));
        Assert.Equal(2, await gateway.Database.ScalarAsync<long>(
            "select count(*) from identity.audit_entries where organization_id = 'org_limited' and actor_kind = 'operator' and action in ('limits.set', 'limits.reset')"));
    }

    private static string NewEmail() => $"trail-{Guid.NewGuid():n}@example.com";

    private Task<long> CountAsync(string action) => gateway.Database.ScalarAsync<long>($"select count(*) from identity.audit_entries where action = '{action}'");

    /// <summary>As the owner of an organization that nothing else happens in.</summary>
    private Func<Task> With<T>(Func<HttpClient, Task<T>> act) => async () =>
    {
        using var owner = await OwnerAsync();
        await act(owner);
    };

    private async Task<HttpClient> OwnerAsync()
    {
        var email = NewEmail();
        await gateway.NewUserOfOwnAsync(email, $"org_{Guid.NewGuid():n}", "owner");
        return await gateway.SignedInAsync(email);
    }

    private static async Task<string> CreateKeyAsync(HttpClient owner)
    {
        using var made = await owner.PostAsync("/api/v1/api-keys", new { name = "Trail", scopes = new[] { "agents:read" } });
        return (await made.JsonAsync()).GetProperty("key").GetProperty("id").GetString()!;
    }

    private static async Task<string> InviteAsync(HttpClient owner, string email)
    {
        using var invited = await owner.PostAsync("/api/v1/invitations", new { email, role = "member" });
        return (await invited.JsonAsync()).GetProperty("id").GetString()!;
    }

    private static async Task<string> OrganizationAsync(HttpClient client) =>
        (await (await client.GetAsync("/api/v1/auth/me")).JsonAsync()).GetProperty("organization_id").GetString()!;

    private async Task<string> MemberAsync(HttpClient owner) => await gateway.NewUserOfOwnAsync(NewEmail(), await OrganizationAsync(owner));

    private static async Task<HttpResponseMessage> RenameAsync(HttpClient owner)
    {
        using var read = await owner.GetAsync("/api/v1/organization");
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/organization") { Content = JsonContent.Create(new { name = "Renamed" }) };
        request.Headers.IfMatch.Add(read.Headers.ETag!);
        return await owner.SendAsync(request);
    }

    private async Task SwitchAsync()
    {
        using var owner = await OwnerAsync();
        await owner.PostAsync("/api/v1/auth/switch", new { organization_id = await OrganizationAsync(owner) });
    }

    private async Task EndSignInAsync()
    {
        var email = NewEmail();
        await gateway.NewUserOfOwnAsync(email);
        using var here = await gateway.SignedInAsync(email);
        using var there = await gateway.SignedInAsync(email);
        var sessions = (await (await here.GetAsync("/api/v1/auth/sessions")).JsonAsync()).GetProperty("data").EnumerateArray();
        await here.DeleteAsync($"/api/v1/auth/sessions/{sessions.Single(s => !s.GetProperty("current").GetBoolean()).GetProperty("id").GetString()}");
    }

    private async Task LeaveAsync()
    {
        using var owner = await OwnerAsync();
        var email = NewEmail();
        await gateway.NewUserOfOwnAsync(email, await OrganizationAsync(owner));
        using var member = await gateway.SignedInAsync(email);
        await member.PostAsync("/api/v1/organization/leave", new { });
    }

    private async Task WrongCodeAsync()
    {
        var email = NewEmail();
        await gateway.NewUserOfOwnAsync(email);
        using var person = await gateway.SignedInAsync(email);
        await gateway.EnrolAsync(person);
        await gateway.Anonymous().PostAsync(
            "/api/v1/auth/second-factor", new { challenge = await gateway.ChallengeAsync(email, GatewayHost.AdminPassword), code = "000000" });
    }

    private async Task ResetAsync()
    {
        var email = NewEmail();
        await gateway.NewUserOfOwnAsync(email);
        using var client = gateway.Anonymous();
        await client.PostAsync("/api/v1/auth/password/forgot", new { email });
        await client.PostAsync("/api/v1/auth/password/reset", new { token = await gateway.MailedTokenAsync(email, "password_reset"), password = PeopleSteps.Password });
    }

    private async Task ReuseAsync()
    {
        var first = await gateway.CreateAsync(NewEmail());
        var second = await (await gateway.RefreshAsync(first.Refresh())).JsonAsync();
        await gateway.RefreshAsync(second.Refresh());
        await gateway.RefreshAsync(first.Refresh());
    }
}
