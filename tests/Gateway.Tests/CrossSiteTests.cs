using System.Net;

namespace Gateway.Tests;

public sealed class CrossSiteTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Theory]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "own", true)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Accept", "*/*", false)]
    public async Task A_change_by_cookie_must_come_from_our_own_pages(string header, string value, bool allowed)
    {
        using var client = await gateway.SignedInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/agents");
        request.Headers.Add(header, value == "own" ? Own : value);
        using var response = await client.SendAsync(request);
        if (allowed)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        else
        {
            await HttpAssert.IsErrorAsync(response, HttpStatusCode.Forbidden, "cross_site_request");
        }
    }

    [Fact]
    public async Task Nobody_is_signed_in_from_another_site()
    {
        using var client = gateway.Anonymous();
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var response = await client.PostAsync(
            "/api/v1/auth/sign-in", new FormUrlEncodedContent([new("email", "admin@localhost"), new("password", GatewayHost.AdminPassword)]));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Reading_by_cookie_and_changing_by_key_do_not_depend_on_where_they_come_from()
    {
        using var cookie = await gateway.SignedInAsync();
        cookie.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.OK, (await cookie.GetAsync("/api/v1/agents")).StatusCode);

        using var key = gateway.WithKey();
        key.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.OK, (await key.PostAsync("/v1/audio/speech", null)).StatusCode);
    }

    private string Own => gateway.Url.GetLeftPart(UriPartial.Authority);
}
