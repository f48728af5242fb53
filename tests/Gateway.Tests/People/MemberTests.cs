using System.Net;
using System.Net.Http.Json;

namespace Gateway.Tests.People;

public sealed class MemberTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Who_is_invited_joins_with_a_new_account_and_the_link_is_good_once()
    {
        using var owner = await gateway.NewAccountAsync("boss@example.com", "Joinable");
        Assert.Equal(HttpStatusCode.Created, (await InviteAsync(owner, "new@example.com", "member")).StatusCode);
        var text = await gateway.MailTextAsync("new@example.com", "invitation");
        Assert.Contains("boss@example.com invites you to join Joinable", text, StringComparison.Ordinal);
        var token = await gateway.MailedTokenAsync("new@example.com", "invitation");

        using var client = gateway.Anonymous();
        var preview = await (await client.PostAsync("/api/v1/invitations/preview", new { token })).JsonAsync();
        Assert.Equal(("Joinable", "new@example.com", false), (
            preview.GetProperty("organization_name").GetString(), preview.GetProperty("email").GetString(), preview.GetProperty("has_account").GetBoolean()));
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => client.PostAsync("/api/v1/invitations/accept", new { token, password = PeopleSteps.Password })));
        Assert.Single(both, r => r.StatusCode == HttpStatusCode.OK);
        using var replay = await client.PostAsync("/api/v1/invitations/accept", new { token, password = PeopleSteps.Password });
        await HttpAssert.IsErrorAsync(replay, HttpStatusCode.BadRequest, "invalid_link");

        using var member = gateway.WithCookie(PeopleSteps.CookieOf(both.Single(r => r.IsSuccessStatusCode)));
        Assert.Equal(["boss@example.com owner", "new@example.com member"], await MembersAsync(member));
    }

    [Fact]
    public async Task Who_has_an_account_joins_signed_in_and_can_go_back_and_forth()
    {
        using var owner = await gateway.NewAccountAsync("host@example.com", "Host");
        using var guest = await gateway.NewAccountAsync("guest@example.com", "Guest's own");
        await InviteAsync(owner, "guest@example.com", "viewer");
        var token = await gateway.MailedTokenAsync("guest@example.com", "invitation");

        using var anonymous = gateway.Anonymous();
        await HttpAssert.IsErrorAsync(await anonymous.PostAsync("/api/v1/invitations/accept", new { token }), HttpStatusCode.Conflict, "sign_in_required");
        await HttpAssert.IsErrorAsync(await owner.PostAsync("/api/v1/invitations/accept", new { token }), HttpStatusCode.Conflict, "other_account");
        using var accepted = await guest.PostAsync("/api/v1/invitations/accept", new { token });
        Assert.Equal("viewer", (await accepted.JsonAsync()).GetProperty("role").GetString());
        Assert.Contains("guest@example.com viewer", await MembersAsync(guest));
        Assert.Equal(HttpStatusCode.Forbidden, await guest.StatusAsync("/api/v1/invitations"));

        var organizations = (await (await guest.GetAsync("/api/v1/organizations")).JsonAsync()).GetProperty("data").EnumerateArray().ToList();
        var own = organizations.Single(o => o.GetProperty("name").GetString() == "Guest's own").GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, (await guest.PostAsync("/api/v1/auth/switch", new { organization_id = own })).StatusCode);
        Assert.Equal(["guest@example.com owner"], await MembersAsync(guest));
        using var again = await gateway.SignedInAsync("guest@example.com", PeopleSteps.Password);
        Assert.Equal(["guest@example.com owner"], await MembersAsync(again));
    }

    [Fact]
    public async Task An_organization_that_is_not_ones_own_is_not_there()
    {
        using var owner = await gateway.NewAccountAsync("one@example.com");
        using var other = await gateway.NewAccountAsync("other@example.com");
        var theirs = (await (await other.GetAsync("/api/v1/organization")).JsonAsync()).GetProperty("id").GetString();
        await HttpAssert.IsErrorAsync(await owner.PostAsync("/api/v1/auth/switch", new { organization_id = theirs }), HttpStatusCode.NotFound, "organization_not_found");
        var stranger = await other.UserIdAsync();
        await HttpAssert.IsErrorAsync(await RoleAsync(owner, stranger, "viewer"), HttpStatusCode.NotFound, "member_not_found");
        await HttpAssert.IsErrorAsync(await owner.DeleteAsync($"/api/v1/members/{stranger}"), HttpStatusCode.NotFound, "member_not_found");
        var invitation = (await (await InviteAsync(other, "x@example.com", "member")).JsonAsync()).GetProperty("id").GetString();
        await HttpAssert.IsErrorAsync(await owner.DeleteAsync($"/api/v1/invitations/{invitation}"), HttpStatusCode.NotFound, "invitation_not_found");
        Assert.Equal(HttpStatusCode.NoContent, (await other.DeleteAsync($"/api/v1/invitations/{invitation}")).StatusCode);
    }

    [Fact]
    public async Task Nobody_makes_himself_more_than_he_is()
    {
        await AddAsync("org_ladder", ("ladder-owner@example.com", "owner"), ("ladder-admin@example.com", "admin"), ("ladder-member@example.com", "member"), ("ladder-viewer@example.com", "viewer"));
        using var admin = await gateway.SignedInAsync("ladder-admin@example.com");
        using var owner = await gateway.SignedInAsync("ladder-owner@example.com");
        var (adminId, ownerId) = (await admin.UserIdAsync(), await owner.UserIdAsync());
        await HttpAssert.IsErrorAsync(await RoleAsync(admin, adminId, "owner"), HttpStatusCode.Forbidden, "role_not_allowed");
        await HttpAssert.IsErrorAsync(await RoleAsync(admin, ownerId, "viewer"), HttpStatusCode.Forbidden, "role_not_allowed");
        await HttpAssert.IsErrorAsync(await admin.DeleteAsync($"/api/v1/members/{ownerId}"), HttpStatusCode.Forbidden, "role_not_allowed");
        await HttpAssert.IsErrorAsync(await InviteAsync(admin, "second@example.com", "owner"), HttpStatusCode.Forbidden, "role_not_allowed");
        foreach (var email in new[] { "ladder-member@example.com", "ladder-viewer@example.com" })
        {
            using var lesser = await gateway.SignedInAsync(email);
            await HttpAssert.IsErrorAsync(await InviteAsync(lesser, "friend@example.com", "viewer"), HttpStatusCode.Forbidden, "insufficient_scope");
            await HttpAssert.IsErrorAsync(await RoleAsync(lesser, await lesser.UserIdAsync(), "owner"), HttpStatusCode.Forbidden, "insufficient_scope");
            Assert.Equal(HttpStatusCode.OK, await lesser.StatusAsync("/api/v1/members"));
        }

        Assert.Equal(HttpStatusCode.NoContent, (await RoleAsync(owner, adminId, "owner")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await RoleAsync(admin, ownerId, "viewer")).StatusCode);
        Assert.Equal("viewer", (await (await owner.GetAsync("/api/v1/auth/me")).JsonAsync()).GetProperty("role").GetString());
    }

    [Fact]
    public async Task The_last_owner_stays_one_also_where_two_go_at_once()
    {
        await AddAsync("org_last", ("last-a@example.com", "owner"), ("last-b@example.com", "owner"));
        using var a = await gateway.SignedInAsync("last-a@example.com");
        using var b = await gateway.SignedInAsync("last-b@example.com");
        var (idOfA, idOfB) = (await a.UserIdAsync(), await b.UserIdAsync());
        var both = await Task.WhenAll(RoleAsync(a, idOfB, "member"), RoleAsync(b, idOfA, "member"));
        Assert.Single(both, r => r.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(1, await gateway.Database.ScalarAsync<long>("select count(*) from identity.memberships where organization_id = 'org_last' and role = 'owner'"));

        var (owner, ownerId) = both[0].IsSuccessStatusCode ? (a, idOfA) : (b, idOfB);
        await HttpAssert.IsErrorAsync(await RoleAsync(owner, ownerId, "admin"), HttpStatusCode.Conflict, "last_owner");
        await HttpAssert.IsErrorAsync(await owner.DeleteAsync($"/api/v1/members/{ownerId}"), HttpStatusCode.Conflict, "last_owner");
        await HttpAssert.IsErrorAsync(await owner.PostAsync("/api/v1/organization/leave", new { }), HttpStatusCode.Conflict, "last_owner");
    }

    [Fact]
    public async Task Who_is_removed_is_out_and_who_leaves_goes_home()
    {
        await AddAsync("org_leave", ("stays@example.com", "owner"), ("removed@example.com", "member"), ("leaves@example.com", "member"));
        using var owner = await gateway.SignedInAsync("stays@example.com");
        using var removed = await gateway.SignedInAsync("removed@example.com");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"/api/v1/members/{await removed.UserIdAsync()}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await removed.StatusAsync());

        using var leaves = await gateway.SignedInAsync("leaves@example.com");
        Assert.Equal(HttpStatusCode.NoContent, (await leaves.PostAsync("/api/v1/organization/leave", new { })).StatusCode);
        Assert.Equal(["leaves@example.com owner"], await MembersAsync(leaves));
        Assert.Equal(["stays@example.com owner"], await MembersAsync(owner));
    }

    [Fact]
    public async Task An_invitation_ends_after_a_week_when_it_is_taken_back_and_when_another_takes_its_place()
    {
        using var owner = await gateway.NewAccountAsync("inviter@example.com", "Weekly");
        using var client = gateway.Anonymous();
        await InviteAsync(owner, "old@example.com", "member");
        var old = await gateway.MailedTokenAsync("old@example.com", "invitation");
        gateway.Time.Advance(TimeSpan.FromDays(7));
        await ExpectEndedAsync(old);

        using var back = await gateway.SignedInAsync("inviter@example.com", PeopleSteps.Password);
        var id = (await (await InviteAsync(back, "back@example.com", "member")).JsonAsync()).GetProperty("id").GetString();
        var revoked = await gateway.MailedTokenAsync("back@example.com", "invitation");
        Assert.Equal(HttpStatusCode.NoContent, (await back.DeleteAsync($"/api/v1/invitations/{id}")).StatusCode);
        await ExpectEndedAsync(revoked);

        await InviteAsync(back, "twice@example.com", "viewer");
        var first = await gateway.MailedTokenAsync("twice@example.com", "invitation");
        await InviteAsync(back, "twice@example.com", "member");
        await ExpectEndedAsync(first);
        await gateway.MailedTokenAsync("twice@example.com", "invitation", count: 2);
        var listed = (await (await back.GetAsync("/api/v1/invitations?limit=100")).JsonAsync()).GetProperty("data").EnumerateArray().Select(i => i.GetProperty("status").GetString());
        Assert.Equal(["pending", "revoked", "revoked", "expired"], listed);
        await HttpAssert.IsErrorAsync(await InviteAsync(back, "inviter@example.com", "member"), HttpStatusCode.Conflict, "already_member");

        async Task ExpectEndedAsync(string token) => await HttpAssert.IsErrorAsync(
            await client.PostAsync("/api/v1/invitations/accept", new { token, password = PeopleSteps.Password }), HttpStatusCode.BadRequest, "invalid_link");
    }

    [Fact]
    public async Task Only_an_owner_of_the_installation_reads_mails()
    {
        using var other = await gateway.NewAccountAsync("elsewhere@example.com");
        await HttpAssert.IsErrorAsync(await other.GetAsync("/api/v1/outbox"), HttpStatusCode.NotFound, "unknown_route");
        await gateway.NewUserOfOwnAsync("colleague@example.com", role: "admin");
        using var admin = await gateway.SignedInAsync("colleague@example.com");
        await HttpAssert.IsErrorAsync(await admin.GetAsync("/api/v1/outbox"), HttpStatusCode.Forbidden, "insufficient_scope");
        using var key = gateway.WithKey();
        Assert.Equal(HttpStatusCode.Forbidden, await key.StatusAsync("/api/v1/outbox"));

        using var owner = await gateway.OwnerAsync();
        var id = (await gateway.MailsAsync("elsewhere@example.com", "sign_up"))[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync($"/api/v1/outbox/{id}"));
        // Once when its address was proven, and now.
        Assert.Equal(2, await gateway.Database.ScalarAsync<long>($"select count(*) from identity.audit_entries where action = 'outbox.read' and target_id = '{id}'"));
        // At rest they open nothing.
        Assert.Equal(0, await gateway.Database.ScalarAsync<long>("select count(*) from identity.mails where position('sign-up/verify'::bytea in body) > 0"));
    }

    [Fact]
    public async Task An_organization_is_changed_by_its_owner_who_has_read_it()
    {
        using var owner = await gateway.NewAccountAsync("renames@example.com", "Before");
        using var read = await owner.GetAsync("/api/v1/organization");
        var tag = read.Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await ChangeAsync(owner, null)).StatusCode);
        Assert.Equal("After", (await (await ChangeAsync(owner, tag)).JsonAsync()).GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await ChangeAsync(owner, tag)).StatusCode);
        using var made = await owner.PostAsync("/api/v1/organizations", new { name = "Second" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await HttpAssert.IsErrorAsync(await owner.PostAsync("/api/v1/organizations", new { name = "Visit https://evil.example" }), HttpStatusCode.BadRequest, "invalid_name");

        static async Task<HttpResponseMessage> ChangeAsync(HttpClient client, string? tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/organization") { Content = JsonContent.Create(new { name = "After" }) };
            if (tag is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", tag);
            }

            return await client.SendAsync(request);
        }
    }

    private Task<HttpResponseMessage> InviteAsync(HttpClient client, string email, string role)
    {
        // Lists are in the order of time, which stands still otherwise.
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        return client.PostAsync("/api/v1/invitations", new { email, role });
    }

    private static Task<HttpResponseMessage> RoleAsync(HttpClient client, string userId, string role) =>
        client.PatchAsJsonAsync($"/api/v1/members/{userId}", new { role }).OrTimeout();

    private static async Task<List<string>> MembersAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/api/v1/members");
        return [.. (await response.JsonAsync()).GetProperty("data").EnumerateArray()
            .Select(m => $"{m.GetProperty("email").GetString()} {m.GetProperty("role").GetString()}").Order(StringComparer.Ordinal)];
    }

    private async Task AddAsync(string organization, params (string Email, string Role)[] people)
    {
        foreach (var (email, role) in people)
        {
            await gateway.NewUserOfOwnAsync(email, organization, role);
        }
    }
}
