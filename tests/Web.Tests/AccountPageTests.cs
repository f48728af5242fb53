using System.Net;

namespace Web.Tests;

public sealed class AccountPageTests(WebHost web) : IClassFixture<WebHost>
{
    [Theory]
    [InlineData("/sign-in/code", "recovery code")]
    [InlineData("/sign-up", "Create an account")]
    [InlineData("/sign-up/verify", "The password that you chose")]
    [InlineData("/forgot-password", "Send me a link")]
    [InlineData("/reset-password", "New password")]
    [InlineData("/invitation", "You are invited")]
    public async Task The_ways_in_are_open_and_ask_nobody_who_they_are(string path, string says)
    {
        using var client = web.Anonymous();
        using var response = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEmpty(await web.PageAsync(path));
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/organization")]
    [InlineData("/api-keys")]
    [InlineData("/usage")]
    [InlineData("/transcriptions")]
    [InlineData("/providers")]
    [InlineData("/outbox")]
    public async Task What_belongs_to_somebody_is_closed(string path)
    {
        using var client = web.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path)).StatusCode);
        Assert.NotEmpty(await web.PageAsync(path));
    }

    [Theory]
    [InlineData("invalid", "E-mail or password is wrong.")]
    [InlineData("unavailable", "Nobody can sign in right now.")]
    [InlineData("expired", "That took too long.")]
    public async Task What_went_wrong_is_said_in_words(string error, string says)
    {
        using var client = web.Anonymous();
        Assert.Contains(says, await client.GetStringAsync($"/sign-in?error={error}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_address_stays_an_attribute_whatever_is_in_it()
    {
        using var client = web.Anonymous();
        var page = await client.GetStringAsync("/sign-in/code?return_url=" + Uri.EscapeDataString("\"><script>alert(1)</script>"));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }
}
