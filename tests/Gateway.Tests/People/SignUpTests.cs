using System.Net;

namespace Gateway.Tests.People;

public sealed class SignUpTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Who_signs_up_proves_the_address_and_owns_an_organization()
    {
        using var client = await gateway.NewAccountAsync("ada@example.com", "Analytical clinic");
        var account = await (await client.GetAsync("/api/v1/account")).JsonAsync();
        Assert.Equal("ada@example.com", account.GetProperty("email").GetString());
        var organization = account.GetProperty("organizations").EnumerateArray().Single();
        Assert.Equal(("Analytical clinic", "owner", true), (
            organization.GetProperty("name").GetString(), organization.GetProperty("role").GetString(), organization.GetProperty("current").GetBoolean()));
        using var again = await gateway.SignedInAsync("ADA@example.com", PeopleSteps.Password);
        Assert.Equal(HttpStatusCode.OK, await again.StatusAsync());
    }

    [Fact]
    public async Task Before_the_address_is_proven_there_is_no_account()
    {
        using var client = gateway.Anonymous();
        await client.PostAsync("/api/v1/auth/sign-up", new { email = "early@example.com", password = PeopleSteps.Password });
        await gateway.MailsAsync("early@example.com", "sign_up");
        using var response = await client.PostAsync("/api/v1/auth/sign-in", new { email = "early@example.com", password = PeopleSteps.Password });
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_sign_in");
    }

    [Fact]
    public async Task An_address_that_has_an_account_gets_the_same_answer_and_its_owner_a_mail()
    {
        using var client = gateway.Anonymous();
        using var known = await client.PostAsync("/api/v1/auth/sign-up", new { email = "admin@localhost", password = PeopleSteps.Password });
        using var unknown = await client.PostAsync("/api/v1/auth/sign-up", new { email = "nobody@example.com", password = PeopleSteps.Password });
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (known.StatusCode, unknown.StatusCode));
        Assert.Equal(await known.Content.ReadAsStringAsync(), await unknown.Content.ReadAsStringAsync());
        Assert.Equal(HeadersOf(known), HeadersOf(unknown));

        var text = await gateway.MailTextAsync("admin@localhost", "sign_up");
        Assert.Contains("has an account already", text, StringComparison.Ordinal);
        Assert.DoesNotContain("#", text, StringComparison.Ordinal);
        Assert.Equal(0, await gateway.Database.ScalarAsync<long>("select count(*) from identity.sign_ups where email = 'admin@localhost'"));
    }

    [Fact]
    public async Task The_mail_alone_finishes_nothing_and_the_token_is_good_once()
    {
        using var client = gateway.Anonymous();
        await client.PostAsync("/api/v1/auth/sign-up", new { email = "grace@example.com", password = PeopleSteps.Password });
        var token = await gateway.MailedTokenAsync("grace@example.com", "sign_up");

        // Who reads the mail but chose another password did not ask for this account.
        using var other = await client.PostAsync("/api/v1/auth/sign-up/verify", new { token, password = "another long password of mine" });
        await HttpAssert.IsErrorAsync(other, HttpStatusCode.Unauthorized, "invalid_sign_in");

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => client.PostAsync("/api/v1/auth/sign-up/verify", new { token, password = PeopleSteps.Password })));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest], both.Select(r => r.StatusCode).Order());
        using var late = await client.PostAsync("/api/v1/auth/sign-up/verify", new { token, password = PeopleSteps.Password });
        await HttpAssert.IsErrorAsync(late, HttpStatusCode.BadRequest, "invalid_link");
        Assert.Equal(1, await gateway.Database.ScalarAsync<long>("select count(*) from identity.users where email = 'grace@example.com'"));
    }

    [Fact]
    public async Task What_an_attacker_began_with_an_address_is_worth_nothing_once_its_owner_has_finished()
    {
        using var client = gateway.Anonymous();
        await client.PostAsync("/api/v1/auth/sign-up", new { email = "owner@example.com", password = "the attackers own long words" });
        var attackers = await gateway.MailedTokenAsync("owner@example.com", "sign_up");
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await client.PostAsync("/api/v1/auth/sign-up", new { email = "owner@example.com", password = PeopleSteps.Password });
        var own = await gateway.MailedTokenAsync("owner@example.com", "sign_up", count: 2);
        Assert.NotEqual(attackers, own);
        using var finished = await client.PostAsync("/api/v1/auth/sign-up/verify", new { token = own, password = PeopleSteps.Password });
        Assert.Equal(HttpStatusCode.OK, finished.StatusCode);

        using var replay = await client.PostAsync("/api/v1/auth/sign-up/verify", new { token = attackers, password = "the attackers own long words" });
        await HttpAssert.IsErrorAsync(replay, HttpStatusCode.BadRequest, "invalid_link");
    }

    [Fact]
    public async Task A_token_ends_after_a_day()
    {
        using var client = gateway.Anonymous();
        await client.PostAsync("/api/v1/auth/sign-up", new { email = "late@example.com", password = PeopleSteps.Password });
        var token = await gateway.MailedTokenAsync("late@example.com", "sign_up");
        gateway.Time.Advance(TimeSpan.FromHours(24));
        using var response = await client.PostAsync("/api/v1/auth/sign-up/verify", new { token, password = PeopleSteps.Password });
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadRequest, "invalid_link");
    }

    [Theory]
    [InlineData("short", "password_too_short")]
    [InlineData("password12345678", "password_common")]
    [InlineData("mallory@example.com", "password_about_you")]
    public async Task A_password_that_would_be_guessed_is_refused_and_said_why(string password, string code)
    {
        using var client = gateway.Anonymous();
        using var response = await client.PostAsync("/api/v1/auth/sign-up", new { email = "mallory@example.com", password });
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no address")]
    [InlineData("a@b@c")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada@example.com\r\nBcc: all@example.com")]
    public async Task What_is_no_address_is_refused(string email)
    {
        using var client = gateway.Anonymous();
        using var response = await client.PostAsync("/api/v1/auth/sign-up", new { email, password = PeopleSteps.Password });
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadRequest, "invalid_email");
    }

    [Fact]
    public async Task A_form_is_no_way_to_flood_a_mailbox()
    {
        using var client = gateway.Anonymous();
        for (var i = 0; i < 8; i++)
        {
            using var response = await client.PostAsync("/api/v1/auth/password/forgot", new { email = "admin@localhost" });
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }

        await Deadline.Until(async () => await gateway.Database.ScalarAsync<long>("select count(*) from identity.mails where state = 'queued'") == 0);
        Assert.Equal(5, await gateway.Database.ScalarAsync<long>("select count(*) from identity.mails where kind = 'password_reset' and recipient = 'admin@localhost'"));
    }

    private static string HeadersOf(HttpResponseMessage response) =>
        string.Join('\n', response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Date" or "X-Request-ID")).Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order(StringComparer.Ordinal));
}
