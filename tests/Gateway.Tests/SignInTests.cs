using System.Net;
using System.Net.Http.Json;

namespace Gateway.Tests;

public sealed class SignInTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Signing_in_gives_a_cookie_that_scripts_cannot_read_and_signing_out_takes_it_back()
    {
        using var client = gateway.Anonymous();
        using var response = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "Admin@LocalHost", password = GatewayHost.AdminPassword });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("voice.session=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        var me = await (await client.GetAsync("/api/v1/auth/me")).JsonAsync();
        Assert.Equal("admin@localhost", me.GetProperty("name").GetString());

        client.DefaultRequestHeaders.Add("Origin", gateway.Url.GetLeftPart(UriPartial.Authority));
        using var signOut = await client.PostAsync("/api/v1/auth/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal("/sign-in", signOut.Headers.Location?.ToString());
        Assert.Contains("expires=Thu, 01 Jan 1970", signOut.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_are_the_same_answer()
    {
        using var client = gateway.Anonymous();
        var answers = new List<string>();
        foreach (var email in new[] { "admin@localhost", "nobody@localhost" })
        {
            using var response = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email, password = "wrong" });
            await HttpAssert.IsErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_sign_in");
            answers.Add((await response.JsonAsync()).GetProperty("detail").GetString()!);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }

        Assert.Equal(answers[0], answers[1]);
        gateway.Time.Advance(Window);
    }

    [Fact]
    public async Task Tries_are_limited_also_with_the_right_password_until_the_window_is_over()
    {
        using var client = gateway.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "admin@localhost", password = $"wrong {i}" });
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var throttled = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "ADMIN@localhost", password = GatewayHost.AdminPassword });
        await HttpAssert.IsErrorAsync(throttled, HttpStatusCode.TooManyRequests, "too_many_sign_ins");
        Assert.InRange(throttled.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), Window);

        gateway.Time.Advance(Window);
        using var later = await client.PostAsJsonAsync("/api/v1/auth/sign-in", new { email = "admin@localhost", password = GatewayHost.AdminPassword });
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Theory]
    [InlineData("/sessions/sess_1", "/sessions/sess_1")]
    [InlineData("https://evil.example/", "/talk")]
    [InlineData("//evil.example/", "/talk")]
    [InlineData("/\\evil.example/", "/talk")]
    [InlineData("", "/talk")]
    public async Task The_form_leads_to_a_page_of_ours_and_nowhere_else(string asked, string got)
    {
        using var client = gateway.Anonymous();
        using var response = await PostFormAsync(client, GatewayHost.AdminPassword, asked);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(got, response.Headers.Location?.ToString());
        Assert.True(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_form_with_a_wrong_password_leads_back_to_the_page_and_keeps_where_to_go()
    {
        using var client = gateway.Anonymous();
        using var response = await PostFormAsync(client, "wrong", "/sessions");
        Assert.Equal("/sign-in?error=invalid&return_url=%2Fsessions", response.Headers.Location?.ToString());
        gateway.Time.Advance(Window);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"email\":1}")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task What_is_no_sign_in_is_a_clear_error(string body)
    {
        using var client = gateway.Anonymous();
        using var response = await client.PostAsync("/api/v1/auth/sign-in", new StringContent(body, null, "application/json"));
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_cookie_survives_a_restart_and_dies_with_the_password_it_came_from()
    {
        var cookie = await gateway.CookieAsync(gateway.Anonymous());
        await gateway.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        Assert.Equal(0, await gateway.Database.ScalarAsync<long>("select count(*) from identity.data_protection_keys where xml like '%masterKey%'"));

        await gateway.Database.ExecuteAsync("update identity.users set security_stamp = 'changed'");
        gateway.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync());

        async Task<HttpStatusCode> StatusAsync()
        {
            using var client = gateway.Anonymous();
            client.DefaultRequestHeaders.Add("Cookie", cookie);
            using var response = await client.GetAsync("/api/v1/auth/me");
            return response.StatusCode;
        }
    }

    private static Task<HttpResponseMessage> PostFormAsync(HttpClient client, string password, string returnUrl) => client.PostAsync(
        "/api/v1/auth/sign-in",
        new FormUrlEncodedContent([new("email", "admin@localhost"), new("password", password), new("return_url", returnUrl)]));
}
