using System.Net;
using Gateway.Tests.People;

namespace Gateway.Tests.OpenId;

/// <summary>A provider leads into an account that was there before only for who has proven to be both.</summary>
public sealed class AccountLinkTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    private const string LinkPage = "/sign-in/link";
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(11);

    [Fact]
    public async Task The_address_of_an_account_does_not_open_it_its_password_does_and_then_both_ways_lead_in()
    {
        var person = host.Reset();
        var userId = await host.Gateway.NewUserOfOwnAsync(person.Email!.ToUpperInvariant());
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal(LinkPage, await browser.SignInAsync());
        Assert.False(browser.IsSignedIn);
        Assert.Equal(0, await LinksAsync(userId));

        using var wrong = await browser.PostFormAsync("/api/v1/auth/openid/link", ("password", "wrong"));
        Assert.Equal($"{LinkPage}?error=invalid", wrong.Headers.Location?.ToString());
        Assert.Equal(0, await LinksAsync(userId));
        var link = browser.Cookies["voice.openid.link"];
        using var right = await browser.PostFormAsync("/api/v1/auth/openid/link", ("password", GatewayHost.AdminPassword));
        Assert.Equal("/sessions", right.Headers.Location?.ToString());
        Assert.Equal(userId, (await browser.ReadAsync("/api/v1/auth/me")).GetProperty("id").GetString());
        Assert.Equal(1, await LinksAsync(userId));
        Assert.NotEmpty(await host.Gateway.MailsAsync(person.Email!.ToUpperInvariant(), "provider_linked"));
        Assert.Equal(1, await host.CountAsync("select count(*) from identity.audit_entries where action = 'provider.linked' and actor_id = $1", userId));

        using var next = new ProviderBrowser(host.Gateway);
        Assert.Equal("/sessions", await next.SignInAsync());
        Assert.Equal(userId, (await next.ReadAsync("/api/v1/auth/me")).GetProperty("id").GetString());

        // What was begun is worth nothing to who has not the password, also later.
        using var thief = new ProviderBrowser(host.Gateway) { Cookies = { ["voice.openid.link"] = link } };
        using var refused = await thief.PostFormAsync("/api/v1/auth/openid/link", ("password", "wrong"));
        Assert.Equal($"{LinkPage}?error=invalid", refused.Headers.Location?.ToString());
    }

    [Fact]
    public async Task An_account_with_a_second_factor_wants_both_before_anything_is_linked()
    {
        var person = host.Reset();
        var userId = await host.Gateway.NewUserOfOwnAsync(person.Email!);
        using var account = await host.Gateway.SignedInAsync(person.Email!);
        var (secret, _) = await host.Gateway.EnrolAsync(account);
        host.Gateway.Time.Advance(TimeSpan.FromMinutes(1));
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal(LinkPage, await browser.SignInAsync());
        using var password = await browser.PostFormAsync("/api/v1/auth/openid/link", ("password", GatewayHost.AdminPassword));
        Assert.Equal("/sign-in/code?return_url=%2Fsessions", password.Headers.Location?.ToString());
        Assert.False(browser.IsSignedIn);
        Assert.Equal(0, await LinksAsync(userId));

        using var wrong = await browser.PostFormAsync("/api/v1/auth/second-factor", ("code", "000000"), ("return_url", "/sessions"));
        Assert.Equal("/sign-in/code?error=invalid&return_url=%2Fsessions", wrong.Headers.Location?.ToString());
        Assert.Equal(0, await LinksAsync(userId));
        using var code = await browser.PostFormAsync("/api/v1/auth/second-factor", ("code", host.Gateway.Code(secret)), ("return_url", "/sessions"));
        Assert.Equal("/sessions", code.Headers.Location?.ToString());
        Assert.True(browser.IsSignedIn);
        Assert.Equal(1, await LinksAsync(userId));
    }

    [Fact]
    public async Task Guessing_the_password_there_is_limited_as_on_the_sign_in_page()
    {
        var person = host.Reset();
        await host.Gateway.NewUserOfOwnAsync(person.Email!);
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await browser.PostFormAsync("/api/v1/auth/openid/link", ("password", $"wrong {i}"));
            Assert.Equal($"{LinkPage}?error=invalid", wrong.Headers.Location?.ToString());
        }

        using var throttled = await browser.PostFormAsync("/api/v1/auth/openid/link", ("password", GatewayHost.AdminPassword));
        Assert.Equal($"{LinkPage}?error=throttled", throttled.Headers.Location?.ToString());
        using var page = await browser.PostAsync("/api/v1/auth/sign-in", new { email = person.Email, password = GatewayHost.AdminPassword });
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
    }

    [Fact]
    public async Task The_question_whose_account_it_is_ends_with_a_new_password_or_after_half_an_hour()
    {
        var person = host.Reset();
        var userId = await host.Gateway.NewUserOfOwnAsync(person.Email!);
        using var late = new ProviderBrowser(host.Gateway);
        await late.SignInAsync();
        using var changed = new ProviderBrowser(host.Gateway);
        await changed.SignInAsync();
        await host.CountAsync("with stamped as (update identity.users set security_stamp = 'new' where id = $1 returning 1) select count(*) from stamped", userId);
        using var ended = await changed.PostFormAsync("/api/v1/auth/openid/link", ("password", GatewayHost.AdminPassword));
        Assert.Equal("/sign-in?error=openid_expired&return_url=%2Ftalk", ended.Headers.Location?.ToString());
        host.Gateway.Time.Advance(TimeSpan.FromMinutes(30));
        using var expired = await late.PostFormAsync("/api/v1/auth/openid/link", ("password", GatewayHost.AdminPassword));
        Assert.Equal("/sign-in?error=openid_expired&return_url=%2Ftalk", expired.Headers.Location?.ToString());
        using var nobody = new ProviderBrowser(host.Gateway);
        using var none = await nobody.PostFormAsync("/api/v1/auth/openid/link", ("password", GatewayHost.AdminPassword));
        Assert.Equal("/sign-in?error=openid_expired&return_url=%2Ftalk", none.Headers.Location?.ToString());
        Assert.Equal(0, await LinksAsync(userId));
    }

    [Fact]
    public async Task Who_is_signed_in_adds_and_removes_a_provider_on_the_account_page_after_a_fresh_proof()
    {
        // An address that the account does not have, and that nobody vouches for: it is not what decides.
        var person = host.Reset() with { EmailVerified = false };
        host.Provider.Person = person;
        var email = $"linker-{Guid.NewGuid():n}@example.com";
        var userId = await host.Gateway.NewUserOfOwnAsync(email);
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInByPasswordAsync(email);
        host.Gateway.Time.Advance(Stale);
        using var stale = await browser.PostAsync("/api/v1/account/providers", new { provider = "fake" });
        await HttpAssert.IsErrorAsync(stale, HttpStatusCode.Forbidden, "confirmation_required");
        await browser.SignInByPasswordAsync(email);

        Assert.Equal("/account", await LinkAsync(browser));
        var linked = await browser.ReadAsync("/api/v1/account/providers");
        var login = linked.GetProperty("data").EnumerateArray().Single();
        Assert.Equal(("fake", "Fake & Sons"), (login.GetProperty("provider").GetString(), login.GetProperty("display_name").GetString()));
        Assert.True(linked.GetProperty("has_password").GetBoolean());
        Assert.Equal("/account", await LinkAsync(browser));
        Assert.Equal(1, await LinksAsync(userId));

        using var byProvider = new ProviderBrowser(host.Gateway);
        Assert.Equal("/sessions", await byProvider.SignInAsync());
        Assert.Equal(userId, (await byProvider.ReadAsync("/api/v1/auth/me")).GetProperty("id").GetString());

        var path = $"/api/v1/account/providers/{login.GetProperty("id").GetString()}";
        host.Gateway.Time.Advance(Stale);
        using var refused = await browser.DeleteAsync(path);
        await HttpAssert.IsErrorAsync(refused, HttpStatusCode.Forbidden, "confirmation_required");
        await browser.SignInByPasswordAsync(email);
        using var removed = await browser.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(0, await LinksAsync(userId));
        Assert.NotEmpty(await host.Gateway.MailsAsync(email, "provider_unlinked"));
        Assert.Equal(1, await host.CountAsync("select count(*) from identity.audit_entries where action = 'provider.unlinked' and actor_id = $1", userId));
    }

    [Fact]
    public async Task A_way_to_link_that_another_sign_in_began_links_nothing()
    {
        host.Reset();
        var (one, two) = ($"one-{Guid.NewGuid():n}@example.com", $"two-{Guid.NewGuid():n}@example.com");
        var (first, second) = (await host.Gateway.NewUserOfOwnAsync(one), await host.Gateway.NewUserOfOwnAsync(two));
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInByPasswordAsync(one);
        using var begun = await browser.PostAsync("/api/v1/account/providers", new { provider = "fake" });
        var callback = await browser.AtProviderAsync(new Uri((await begun.JsonAsync()).GetProperty("authorization_url").GetString()!));
        await browser.SignInByPasswordAsync(two);
        Assert.Equal("/account?error=openid_expired", await browser.ReturnAsync(callback));
        Assert.Equal(0, await LinksAsync(first) + await LinksAsync(second));

        // Nor for who has signed out in the meantime: it does not become a sign-in either.
        using var again = await browser.PostAsync("/api/v1/account/providers", new { provider = "fake" });
        callback = await browser.AtProviderAsync(new Uri((await again.JsonAsync()).GetProperty("authorization_url").GetString()!));
        browser.Cookies.Remove("voice.session");
        Assert.Equal("/account?error=openid_expired", await browser.ReturnAsync(callback));
        Assert.False(browser.IsSignedIn);
    }

    [Fact]
    public async Task What_leads_into_one_account_is_not_added_to_another()
    {
        host.Reset();
        using var owner = new ProviderBrowser(host.Gateway);
        await owner.SignInAsync();
        var email = $"other-{Guid.NewGuid():n}@example.com";
        var userId = await host.Gateway.NewUserOfOwnAsync(email);
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInByPasswordAsync(email);
        Assert.Equal("/account?error=openid_taken", await LinkAsync(browser));
        Assert.Equal(0, await LinksAsync(userId));

        var theirs = (await owner.ReadAsync("/api/v1/account/providers")).GetProperty("data")[0].GetProperty("id").GetString();
        using var foreign = await browser.DeleteAsync($"/api/v1/account/providers/{theirs}");
        await HttpAssert.IsErrorAsync(foreign, HttpStatusCode.NotFound, "linked_provider_not_found");
    }

    [Fact]
    public async Task The_last_way_in_stays_until_there_is_a_password()
    {
        var person = host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInAsync();
        var providers = await browser.ReadAsync("/api/v1/account/providers");
        Assert.False(providers.GetProperty("has_password").GetBoolean());
        var path = $"/api/v1/account/providers/{providers.GetProperty("data")[0].GetProperty("id").GetString()}";
        using var last = await browser.DeleteAsync(path);
        await HttpAssert.IsErrorAsync(last, HttpStatusCode.Conflict, "last_way_in");

        // No password opens it meanwhile, not even none.
        using var client = host.Gateway.Anonymous();
        foreach (var password in new[] { " ", "x", GatewayHost.AdminPassword })
        {
            using var refused = await client.PostAsync("/api/v1/auth/sign-in", new { email = person.Email, password });
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var forgot = await client.PostAsync("/api/v1/auth/password/forgot", new { email = person.Email });
        var token = await host.Gateway.MailedTokenAsync(person.Email!, "password_reset");
        using var reset = await client.PostAsync("/api/v1/auth/password/reset", new { token, password = PeopleSteps.Password });
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        await browser.SignInByPasswordAsync(person.Email!, PeopleSteps.Password);
        using var removed = await browser.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(LinkPage, await browser.SignInAsync());
    }

    [Fact]
    public async Task Two_removals_at_once_leave_a_way_in()
    {
        var person = host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInAsync();
        host.Provider.Person = person with { Subject = $"{person.Subject}-2", EmailVerified = false };
        Assert.Equal("/account", await LinkAsync(browser));
        var ids = (await browser.ReadAsync("/api/v1/account/providers")).GetProperty("data").EnumerateArray().Select(l => l.GetProperty("id").GetString()).ToList();
        Assert.Equal(2, ids.Count);
        var answers = await Task.WhenAll(ids.Select(id => browser.DeleteAsync($"/api/v1/account/providers/{id}")));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Two_first_arrivals_at_once_make_one_account()
    {
        var person = host.Reset();
        var browsers = Enumerable.Range(0, 4).Select(_ => new ProviderBrowser(host.Gateway)).ToList();
        var callbacks = await Task.WhenAll(browsers.Select(async browser => await browser.AtProviderAsync(await browser.StartAsync())));
        await Task.WhenAll(browsers.Zip(callbacks, (browser, callback) => browser.ReturnAsync(callback)));
        Assert.Equal(1, await host.AccountsAsync(person.Email!));
        Assert.All(browsers, browser => Assert.True(browser.IsSignedIn));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task A_request_from_another_site_starts_no_link()
    {
        host.Reset();
        var email = $"victim-{Guid.NewGuid():n}@example.com";
        await host.Gateway.NewUserOfOwnAsync(email);
        using var client = host.Gateway.WithCookie(await host.Gateway.CookieAsync(email));
        client.DefaultRequestHeaders.Remove("Origin");
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var begun = await client.PostAsync("/api/v1/account/providers", new { provider = "fake" });
        await HttpAssert.IsErrorAsync(begun, HttpStatusCode.Forbidden, "cross_site_request");
        using var read = await client.GetAsync("/api/v1/auth/openid/link");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    private static async Task<string> LinkAsync(ProviderBrowser browser)
    {
        using var begun = await browser.PostAsync("/api/v1/account/providers", new { provider = "fake" });
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        return await browser.ReturnAsync(await browser.AtProviderAsync(new Uri((await begun.JsonAsync()).GetProperty("authorization_url").GetString()!)));
    }

    private Task<long> LinksAsync(string userId) => host.CountAsync("select count(*) from identity.external_logins where user_id = $1", userId);
}
