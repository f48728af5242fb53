using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Tests.OpenId;

/// <summary>The whole way over the wire, with a provider that others have written and that refuses what the standards refuse.</summary>
public sealed partial class IndependentProviderTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();
    private IndependentProvider _provider = null!;

    public async Task InitializeAsync()
    {
        _provider = await IndependentProvider.StartAsync();
        _gateway.Settings["OpenId:Providers:independent:Authority"] = _provider.Issuer;
        _gateway.Settings["OpenId:Providers:independent:ClientId"] = IndependentProvider.ClientId;
        _gateway.Settings["OpenId:Providers:independent:ClientSecret"] = IndependentProvider.ClientSecret;
        await _gateway.InitializeAsync();
        await _provider.AllowAsync($"{_gateway.Url.GetLeftPart(UriPartial.Authority)}/api/v1/auth/openid/independent/callback");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_signs_in_there_and_has_an_account_here_and_a_code_is_good_once_and_only_with_its_verifier()
    {
        using var browser = new ProviderBrowser(_gateway, "independent");
        var callback = await AtProviderAsync(await browser.StartAsync(), "ada");
        var used = QueryHelpers.ParseQuery(callback.Query)["code"].ToString();
        CatchUp();
        Assert.Equal("/sessions", await browser.ReturnAsync(callback));
        Assert.Equal("ada@example.com", (await browser.ReadAsync("/api/v1/auth/me")).GetProperty("name").GetString());

        // Its code again, and a fresh one that another browser has asked for: each in an answer that is otherwise good.
        using var second = new ProviderBrowser(_gateway, "independent");
        var good = await AtProviderAsync(await second.StartAsync(), "eve");
        Assert.Equal("/sign-in?error=openid_failed&return_url=%2Fsessions", await second.ReturnAsync(WithCode(good, used)));
        using var third = new ProviderBrowser(_gateway, "independent");
        var other = await AtProviderAsync(await third.StartAsync(), "mallory");
        Assert.Equal(
            "/sign-in?error=openid_failed&return_url=%2Fsessions",
            await third.ReturnAsync(WithCode(other, QueryHelpers.ParseQuery(good.Query)["code"].ToString())));
        Assert.False(second.IsSignedIn || third.IsSignedIn);
    }

    [Fact]
    public async Task What_the_provider_refuses_comes_back_as_words_for_a_person()
    {
        // Without the code challenge: a request that we never make.
        using var browser = new ProviderBrowser(_gateway, "independent");
        var query = QueryHelpers.ParseQuery((await browser.StartAsync()).Query).Where(p => !p.Key.StartsWith("code_", StringComparison.Ordinal)).ToDictionary();
        var refused = await AtProviderAsync(new Uri(QueryHelpers.AddQueryString($"{_provider.Issuer}/auth", query)), "ada");
        Assert.Equal("invalid_request", QueryHelpers.ParseQuery(refused.Query)["error"].ToString());
        Assert.Equal("/sign-in?error=openid_failed&return_url=%2Fsessions", await browser.ReturnAsync(refused));

        // Left at the provider's page.
        var cancelled = await AtProviderAsync(await browser.StartAsync(), null);
        Assert.Equal("access_denied", QueryHelpers.ParseQuery(cancelled.Query)["error"].ToString());
        Assert.Equal("/sign-in?error=openid_cancelled&return_url=%2Fsessions", await browser.ReturnAsync(cancelled));

        var unverified = await AtProviderAsync(await browser.StartAsync(), "unverified-ada");
        CatchUp();
        Assert.Equal("/sign-in?error=openid_unverified&return_url=%2Fsessions", await browser.ReturnAsync(unverified));
    }

    /// <summary>The provider's clock is the machine's; ours stood still since the start.</summary>
    private void CatchUp() => _gateway.Time.Advance(TimeProvider.System.GetUtcNow() - _gateway.Time.GetUtcNow());

    private static Uri WithCode(Uri callback, string code) => new(QueryHelpers.AddQueryString(
        callback.GetLeftPart(UriPartial.Path), QueryHelpers.ParseQuery(callback.Query).ToDictionary(p => p.Key, p => p.Key == "code" ? code : (string?)p.Value.ToString())));

    /// <summary>Signs in at the provider's own pages and consents, as a browser does; or leaves the page.</summary>
    /// <returns>The way back to the gateway.</returns>
    private async Task<Uri> AtProviderAsync(Uri address, string? name)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_provider.Issuer) };
        var next = address;
        for (var steps = 0; steps < 12; steps++)
        {
            if (next.Authority == _gateway.Url.Authority)
            {
                return next;
            }

            using var response = await browser.GetAsync(next).OrTimeout();
            if (response.Headers.Location is { } location)
            {
                next = new Uri(next, location);
                continue;
            }

            var page = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, page);
            if (name is null)
            {
                next = new Uri(next, Abort().Match(page).Groups[1].Value);
                continue;
            }

            using var form = new FormUrlEncodedContent(page.Contains("name=\"login\"", StringComparison.Ordinal)
                ? new Dictionary<string, string> { ["prompt"] = "login", ["login"] = name, ["password"] = "any" }
                : new Dictionary<string, string> { ["prompt"] = "consent" });
            using var posted = await browser.PostAsync(new Uri(next, Action().Match(page).Groups[1].Value), form).OrTimeout();
            next = new Uri(next, posted.Headers.Location!);
        }

        throw new InvalidOperationException($"The provider does not come to an end: {next}");
    }

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("href=\"([^\"]+/abort)\"")]
    private static partial Regex Abort();
}
