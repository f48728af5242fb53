using System.Net;

namespace Gateway.Tests.People;

public sealed class PasswordResetTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string NewPassword = "seven quiet lanterns drift";

    [Fact]
    public async Task A_forgotten_password_is_replaced_once_and_every_sign_in_ends()
    {
        await gateway.NewUserOfOwnAsync("forgets@example.com");
        using var signedIn = await gateway.SignedInAsync("forgets@example.com");
        using var client = gateway.Anonymous();
        await client.PostAsync("/api/v1/auth/password/forgot", new { email = "Forgets@Example.com" });
        var token = await gateway.MailedTokenAsync("forgets@example.com", "password_reset");

        using var weak = await client.PostAsync("/api/v1/auth/password/reset", new { token, password = "forgets@example.com" });
        await HttpAssert.IsErrorAsync(weak, HttpStatusCode.BadRequest, "password_about_you");
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => client.PostAsync("/api/v1/auth/password/reset", new { token, password = NewPassword })));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.BadRequest], both.Select(r => r.StatusCode).Order());

        Assert.Equal(HttpStatusCode.Unauthorized, await signedIn.StatusAsync());
        using var old = await client.PostAsync("/api/v1/auth/sign-in", new { email = "forgets@example.com", password = GatewayHost.AdminPassword });
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var now = await gateway.SignedInAsync("forgets@example.com", NewPassword);
        Assert.Single(await gateway.MailsAsync("forgets@example.com", "password_changed"));
    }

    [Fact]
    public async Task An_unknown_address_gets_the_same_answer_and_no_mail()
    {
        using var client = gateway.Anonymous();
        using var known = await client.PostAsync("/api/v1/auth/password/forgot", new { email = "admin@localhost" });
        using var unknown = await client.PostAsync("/api/v1/auth/password/forgot", new { email = "nobody@example.com" });
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (known.StatusCode, unknown.StatusCode));
        Assert.Equal(await known.Content.ReadAsStringAsync(), await unknown.Content.ReadAsStringAsync());
        await Deadline.Until(async () => await gateway.Database.ScalarAsync<long>("select count(*) from identity.mails where state = 'queued'") == 0);
        Assert.Equal(0, await gateway.Database.ScalarAsync<long>("select count(*) from identity.mails where recipient = 'nobody@example.com'"));
    }

    [Fact]
    public async Task A_token_ends_after_an_hour_and_another_is_no_longer_good_once_one_is_used()
    {
        await gateway.NewUserOfOwnAsync("twice@example.com");
        using var client = gateway.Anonymous();
        await client.PostAsync("/api/v1/auth/password/forgot", new { email = "twice@example.com" });
        var first = await gateway.MailedTokenAsync("twice@example.com", "password_reset");
        gateway.Time.Advance(TimeSpan.FromHours(1));
        await HttpAssert.IsErrorAsync(
            await client.PostAsync("/api/v1/auth/password/reset", new { token = first, password = NewPassword }), HttpStatusCode.BadRequest, "invalid_link");

        await client.PostAsync("/api/v1/auth/password/forgot", new { email = "twice@example.com" });
        var second = await gateway.MailedTokenAsync("twice@example.com", "password_reset", count: 2);
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await client.PostAsync("/api/v1/auth/password/forgot", new { email = "twice@example.com" });
        var third = await gateway.MailedTokenAsync("twice@example.com", "password_reset", count: 3);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("/api/v1/auth/password/reset", new { token = third, password = NewPassword })).StatusCode);
        await HttpAssert.IsErrorAsync(
            await client.PostAsync("/api/v1/auth/password/reset", new { token = second, password = "yet another string of words" }), HttpStatusCode.BadRequest, "invalid_link");
    }

    [Fact]
    public async Task A_new_password_is_no_way_around_the_second_factor()
    {
        await gateway.NewUserOfOwnAsync("two@example.com");
        using var signedIn = await gateway.SignedInAsync("two@example.com");
        await gateway.EnrolAsync(signedIn);
        using var client = gateway.Anonymous();
        await client.PostAsync("/api/v1/auth/password/forgot", new { email = "two@example.com" });
        var token = await gateway.MailedTokenAsync("two@example.com", "password_reset");
        using var reset = await client.PostAsync("/api/v1/auth/password/reset", new { token, password = NewPassword });
        Assert.False(reset.Headers.Contains("Set-Cookie"));
        await gateway.ChallengeAsync("two@example.com", NewPassword);
    }

    [Fact]
    public async Task Changing_it_takes_the_old_one_keeps_this_sign_in_and_ends_the_others()
    {
        await gateway.NewUserOfOwnAsync("changes@example.com");
        using var here = await gateway.SignedInAsync("changes@example.com");
        using var there = await gateway.SignedInAsync("changes@example.com");
        using var wrong = await here.PostAsync("/api/v1/account/password", new { current_password = "wrong", new_password = NewPassword });
        await HttpAssert.IsErrorAsync(wrong, HttpStatusCode.Forbidden, "not_confirmed");
        using var changed = await here.PostAsync("/api/v1/account/password", new { current_password = GatewayHost.AdminPassword, new_password = NewPassword });
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        using var renewed = gateway.WithCookie(PeopleSteps.CookieOf(changed));
        Assert.Equal(HttpStatusCode.OK, await renewed.StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await there.StatusAsync());
    }
}
