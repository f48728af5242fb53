using System.Net;
using System.Text;
using Voice.Gateway.SecondFactor;

namespace Gateway.Tests.People;

public sealed class SecondFactorTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    /// <summary>RFC 6238, appendix B, the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void CodeAt_TheVectorsOfTheStandard_IsTheirs(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Encoding.ASCII.GetBytes("12345678901234567890"), Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void Match_AClockThatIsOff_IsForgivenOneStep(int seconds, bool matches)
    {
        byte[] secret = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);
        Assert.Equal(matches, Totp.Match(secret, Totp.CodeAt(secret, Totp.StepAt(now.AddSeconds(seconds))), now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345x")]
    [InlineData("１２３４５６")]
    public void Match_WhatIsNoCode_IsNone(string code) => Assert.Null(Totp.Match([1], code, DateTimeOffset.UnixEpoch.AddDays(1)));

    [Fact]
    public async Task A_code_of_the_app_is_asked_for_and_good_once()
    {
        await gateway.NewUserOfOwnAsync("totp@example.com");
        using var first = await gateway.SignedInAsync("totp@example.com");
        var (secret, _) = await gateway.EnrolAsync(first);

        // The code that confirmed it is used up by that.
        var challenge = await gateway.ChallengeAsync("totp@example.com", GatewayHost.AdminPassword);
        using var client = gateway.Anonymous();
        using var reused = await client.PostAsync("/api/v1/auth/second-factor", new { challenge, code = gateway.Code(secret) });
        await HttpAssert.IsErrorAsync(reused, HttpStatusCode.Unauthorized, "invalid_code");

        gateway.Time.Advance(TimeSpan.FromSeconds(30));
        var code = gateway.Code(secret);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => client.PostAsync("/api/v1/auth/second-factor", new { challenge, code })));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], both.Select(r => r.StatusCode).Order());
        using var signedIn = gateway.WithCookie(PeopleSteps.CookieOf(both.Single(r => r.IsSuccessStatusCode)));
        Assert.Equal(HttpStatusCode.OK, await signedIn.StatusAsync());
        Assert.Single(await gateway.MailsAsync("totp@example.com", "second_factor_added"));
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_the_app_and_is_good_once()
    {
        await gateway.NewUserOfOwnAsync("lost@example.com");
        using var first = await gateway.SignedInAsync("lost@example.com");
        var (_, codes) = await gateway.EnrolAsync(first);
        Assert.Equal(10, codes.Distinct().Count());
        using var client = gateway.Anonymous();
        var challenge = await gateway.ChallengeAsync("lost@example.com", GatewayHost.AdminPassword);
        using var accepted = await client.PostAsync("/api/v1/auth/second-factor", new { challenge, recovery_code = codes[0].ToUpperInvariant().Replace('-', ' ') });
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        using var again = await client.PostAsync("/api/v1/auth/second-factor", new { challenge, recovery_code = codes[0] });
        await HttpAssert.IsErrorAsync(again, HttpStatusCode.Unauthorized, "invalid_code");
        var account = await (await first.GetAsync("/api/v1/account")).JsonAsync();
        Assert.Equal(9, account.GetProperty("second_factor").GetProperty("recovery_codes_left").GetInt32());
        var stored = await gateway.Database.ScalarAsync<string>("select string_agg(encode(code_sha256, 'hex') || code_sha256::text, '') from identity.recovery_codes");
        Assert.DoesNotContain(codes[1].Replace("-", "", StringComparison.Ordinal), stored, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Codes_cannot_be_tried_without_end()
    {
        await gateway.NewUserOfOwnAsync("guessed@example.com");
        using var first = await gateway.SignedInAsync("guessed@example.com");
        var (secret, _) = await gateway.EnrolAsync(first);
        var challenge = await gateway.ChallengeAsync("guessed@example.com", GatewayHost.AdminPassword);
        using var client = gateway.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await client.PostAsync("/api/v1/auth/second-factor", new { challenge, code = "000000" });
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        gateway.Time.Advance(TimeSpan.FromSeconds(30));
        using var right = await client.PostAsync("/api/v1/auth/second-factor", new { challenge, code = gateway.Code(secret) });
        await HttpAssert.IsErrorAsync(right, HttpStatusCode.TooManyRequests, "too_many_sign_ins");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("CfDJ8AAAAAAAAAAA")]
    public async Task A_challenge_that_is_not_ours_begins_again(string challenge)
    {
        using var client = gateway.Anonymous();
        using var response = await client.PostAsync("/api/v1/auth/second-factor", new { challenge, code = "123456" });
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_challenge");
    }

    [Fact]
    public async Task A_challenge_ends_after_five_minutes_and_with_the_password()
    {
        await gateway.NewUserOfOwnAsync("slow@example.com");
        using var first = await gateway.SignedInAsync("slow@example.com");
        var (secret, _) = await gateway.EnrolAsync(first);
        using var client = gateway.Anonymous();
        var old = await gateway.ChallengeAsync("slow@example.com", GatewayHost.AdminPassword);
        gateway.Time.Advance(TimeSpan.FromMinutes(5));
        await HttpAssert.IsErrorAsync(
            await client.PostAsync("/api/v1/auth/second-factor", new { challenge = old, code = gateway.Code(secret) }), HttpStatusCode.Unauthorized, "invalid_challenge");

        var stale = await gateway.ChallengeAsync("slow@example.com", GatewayHost.AdminPassword);
        await gateway.Database.ExecuteAsync("update identity.users set security_stamp = 'changed' where email = 'slow@example.com'");
        await HttpAssert.IsErrorAsync(
            await client.PostAsync("/api/v1/auth/second-factor", new { challenge = stale, code = gateway.Code(secret) }), HttpStatusCode.Unauthorized, "invalid_challenge");
    }

    [Fact]
    public async Task What_is_dangerous_asks_for_a_fresh_proof()
    {
        await gateway.NewUserOfOwnAsync("stale@example.com");
        using var client = await gateway.SignedInAsync("stale@example.com");
        gateway.Time.Advance(TimeSpan.FromMinutes(11));
        await HttpAssert.IsErrorAsync(await client.PostAsync("/api/v1/account/second-factor", new { }), HttpStatusCode.Forbidden, "confirmation_required");
        await HttpAssert.IsErrorAsync(await client.PostAsync("/api/v1/auth/confirm", new { password = "wrong" }), HttpStatusCode.Forbidden, "not_confirmed");
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("/api/v1/auth/confirm", new { password = GatewayHost.AdminPassword })).StatusCode);
        var (secret, _) = await gateway.EnrolAsync(client);

        gateway.Time.Advance(TimeSpan.FromMinutes(11));
        await HttpAssert.IsErrorAsync(await client.DeleteAsync("/api/v1/account/second-factor"), HttpStatusCode.Forbidden, "confirmation_required");
        await HttpAssert.IsErrorAsync(
            await client.PostAsync("/api/v1/auth/confirm", new { password = GatewayHost.AdminPassword }), HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync("/api/v1/auth/confirm", new { code = gateway.Code(secret) })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/api/v1/account/second-factor")).StatusCode);
        Assert.Single(await gateway.MailsAsync("stale@example.com", "second_factor_removed"));
        using var again = await gateway.SignedInAsync("stale@example.com");
    }

    [Fact]
    public async Task An_organization_can_demand_one_and_nothing_else_is_open_until_there_is()
    {
        using var owner = await gateway.NewAccountAsync("strict@example.com");
        var (secret, _) = await gateway.EnrolAsync(owner);
        using var read = await owner.GetAsync("/api/v1/organization");
        using var patch = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/organization") { Content = new StringContent("{\"require_second_factor\":true}", null, "application/json") };
        patch.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync(patch)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/api/v1/members"));

        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync("/api/v1/account/second-factor")).StatusCode);
        await HttpAssert.IsErrorAsync(await owner.GetAsync("/api/v1/members"), HttpStatusCode.Forbidden, "insufficient_scope");
        Assert.Equal(HttpStatusCode.Forbidden, await owner.StatusAsync("/api/v1/agents"));
        var account = await (await owner.GetAsync("/api/v1/account")).JsonAsync();
        Assert.True(account.GetProperty("lacks_second_factor").GetBoolean());
        await gateway.EnrolAsync(owner);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/api/v1/members"));
        Assert.NotEmpty(secret);
    }

    [Fact]
    public async Task The_secret_is_not_in_the_database_and_the_picture_is_plain_svg()
    {
        await gateway.NewUserOfOwnAsync("picture@example.com");
        using var client = await gateway.SignedInAsync("picture@example.com");
        var begun = await (await client.PostAsync("/api/v1/account/second-factor", new { })).JsonAsync();
        var secret = begun.GetProperty("secret").GetString()!;
        Assert.Equal(
            $"otpauth://totp/VoiceAspire:picture%40example.com?secret={secret}&issuer=VoiceAspire&algorithm=SHA1&digits=6&period=30", begun.GetProperty("otpauth_uri").GetString());
        var svg = begun.GetProperty("qr_svg").GetString()!;
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<script|<style|href|on[a-z]+=", svg);
        var stored = await gateway.Database.ScalarAsync<byte[]>($"select secret from identity.second_factors f join identity.users u on u.id = f.user_id where u.email = 'picture@example.com'");
        Assert.True(stored!.Length > 60);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/api/v1/account/second-factor", new { })).StatusCode);
    }
}
