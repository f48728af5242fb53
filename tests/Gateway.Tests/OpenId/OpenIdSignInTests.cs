using System.Net;
using Gateway.Tests.People;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Tests.OpenId;

public sealed class OpenIdSignInTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_person_whom_the_provider_vouches_for_gets_an_account_and_next_time_the_same(bool byUserInfo)
    {
        var person = host.Reset();
        host.Provider.EmailByUserInfo = byUserInfo;
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal("/sessions?page=2", await browser.SignInAsync("/sessions?page=2"));
        Assert.DoesNotContain("voice.openid", browser.Cookies.Keys);

        var me = await browser.ReadAsync("/api/v1/auth/me");
        Assert.Equal((person.Email, "owner"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal(1, await host.CountAsync(
            "select count(*) from identity.audit_entries where action = 'account.created' and actor_id = $1 and details->>'provider' = 'fake'", me.GetProperty("id").GetString()!));
        var session = (await browser.ReadAsync("/api/v1/auth/sessions")).GetProperty("data")[0];
        Assert.Equal("openid:fake", session.GetProperty("method").GetString());

        using var again = new ProviderBrowser(host.Gateway);
        host.Provider.Person = person with { Email = "another@example.com", EmailVerified = false };
        Assert.Equal("/talk", await again.SignInAsync("/talk"));
        Assert.Equal(me.GetProperty("id").GetString(), (await again.ReadAsync("/api/v1/auth/me")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_way_out_has_state_nonce_and_a_code_challenge_and_the_cookie_is_for_this_flow_only()
    {
        host.Reset();
        using var client = host.Gateway.Anonymous();
        using var first = await client.GetAsync("/api/v1/auth/openid/fake/start");
        using var second = await client.GetAsync("/api/v1/auth/openid/fake/start");
        var (a, b) = (QueryHelpers.ParseQuery(first.Headers.Location!.Query), QueryHelpers.ParseQuery(second.Headers.Location!.Query));
        Assert.StartsWith($"{host.Provider.Issuer}/authorize?", first.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(("code", "S256", "openid email profile"), (a["response_type"].ToString(), a["code_challenge_method"].ToString(), a["scope"].ToString()));
        Assert.Equal($"{host.Gateway.Url.GetLeftPart(UriPartial.Authority)}/api/v1/auth/openid/fake/callback", a["redirect_uri"].ToString());
        foreach (var name in new[] { "state", "nonce", "code_challenge" })
        {
            Assert.Equal(43, a[name].ToString().Length);
            Assert.NotEqual(a[name].ToString(), b[name].ToString());
        }

        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("max-age=600; path=/api/v1/auth/openid; samesite=lax; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(a["state"].ToString(), cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sign_in_page_can_ask_which_providers_there_are()
    {
        using var client = host.Gateway.Anonymous();
        var provider = (await (await client.GetAsync("/api/v1/auth/providers")).JsonAsync()).GetProperty("data").EnumerateArray().Single();
        Assert.Equal(
            """{"name":"fake","display_name":"Fake & Sons","start_url":"/api/v1/auth/openid/fake/start"}""", provider.GetRawText());
        using var none = await client.GetAsync("/api/v1/auth/openid/other/start");
        await HttpAssert.IsErrorAsync(none, HttpStatusCode.NotFound, "sign_in_provider_not_found");
    }

    [Fact]
    public async Task An_address_that_the_provider_does_not_vouch_for_makes_no_account()
    {
        var person = host.Reset();
        host.Provider.Person = person with { EmailVerified = false };
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal("/sign-in?error=openid_unverified&return_url=%2Fsessions", await browser.SignInAsync());
        Assert.False(browser.IsSignedIn);
        Assert.Equal(0, await host.AccountsAsync(person.Email!));

        host.Provider.Person = person with { Email = "not an address" };
        Assert.Equal("/sign-in?error=openid_unverified&return_url=%2Fsessions", await browser.SignInAsync());
        host.Provider.Person = person with { Email = null };
        Assert.Equal("/sign-in?error=openid_unverified&return_url=%2Fsessions", await browser.SignInAsync());
    }

    [Fact]
    public async Task An_invitation_that_waits_for_the_address_is_accepted()
    {
        var person = host.Reset();
        using var owner = await host.Gateway.OwnerAsync();
        using var invited = await owner.PostAsync("/api/v1/invitations", new { email = person.Email, role = "viewer" });
        Assert.Equal(HttpStatusCode.Created, invited.StatusCode);
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInAsync();
        var me = await browser.ReadAsync("/api/v1/auth/me");
        Assert.Equal(("org_default", "viewer"), (me.GetProperty("organization_id").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal(1, await host.CountAsync("select count(*) from identity.invitations where email = $1 and accepted_at is not null", person.Email!));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("https:evil.example")]
    public async Task Nobody_is_led_to_another_site_afterwards(string returnUrl)
    {
        host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        Assert.Equal("/talk", await browser.SignInAsync(returnUrl));
        host.Provider.OnRedirect = answer => answer["error"] = "access_denied";
        Assert.Equal("/sign-in?error=openid_cancelled&return_url=%2Ftalk", await browser.SignInAsync(returnUrl));
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_as_after_a_password()
    {
        var person = host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInAsync();
        using var account = host.Gateway.WithCookie($"voice.session={browser.Cookies["voice.session"]}");
        var (secret, _) = await host.Gateway.EnrolAsync(account);
        host.Gateway.Time.Advance(TimeSpan.FromMinutes(1));

        using var next = new ProviderBrowser(host.Gateway);
        Assert.Equal("/sign-in/code?return_url=%2Fsessions", await next.SignInAsync());
        Assert.False(next.IsSignedIn);
        using var done = await next.PostFormAsync("/api/v1/auth/second-factor", ("code", host.Gateway.Code(secret)), ("return_url", "/sessions"));
        Assert.Equal("/sessions", done.Headers.Location?.ToString());
        Assert.Equal(person.Email, (await next.ReadAsync("/api/v1/auth/me")).GetProperty("name").GetString());
        var sessions = (await next.ReadAsync("/api/v1/auth/sessions")).GetProperty("data").EnumerateArray();
        Assert.Contains(sessions, s => s.GetProperty("method").GetString() == "openid:fake+totp");
    }

    [Fact]
    public async Task A_closed_account_stays_closed()
    {
        var person = host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        await browser.SignInAsync();
        await host.CountAsync("with closed as (update identity.users set disabled_at = now() where email = $1 returning 1) select count(*) from closed", person.Email!);
        Assert.Equal("/sign-in?error=openid_failed&return_url=%2Fsessions", await browser.SignInAsync());
        host.Provider.Person = person with { Subject = "another" };
        Assert.Equal("/sign-in?error=openid_failed&return_url=%2Fsessions", await browser.SignInAsync());
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_to_be_and_soon_asked_again()
    {
        host.Reset();
        using var browser = new ProviderBrowser(host.Gateway);
        var callback = await browser.AtProviderAsync(await browser.StartAsync());
        host.Provider.IsDown = true;
        Assert.Equal("/sign-in?error=openid_unavailable&return_url=%2Fsessions", await browser.ReturnAsync(callback));

        // What it said of itself is too old to be believed by now.
        host.Gateway.Time.Advance(TimeSpan.FromHours(2));
        using var refused = await browser.GetAsync("/api/v1/auth/openid/fake/start?return_url=%2Fsessions");
        Assert.Equal("/sign-in?error=openid_unavailable&return_url=%2Fsessions", refused.Headers.Location?.ToString());
        host.Provider.IsDown = false;
        host.Gateway.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("/sessions", await browser.SignInAsync());
    }
}
