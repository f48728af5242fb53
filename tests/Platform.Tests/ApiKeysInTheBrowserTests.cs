using System.Net;
using Microsoft.Playwright;
using Platform.Tests.Api;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests;

[Collection(PlatformCollection.Name)]
public sealed class ApiKeysInTheBrowserTests(PlatformFixture platform) : IAsyncLifetime
{
    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();

    public Task InitializeAsync() => _tenants.AddOrganizationAsync(_organization);

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task An_admin_makes_a_key_gives_it_a_new_secret_and_revokes_it()
    {
        await using var browser = await Browser.OpenAsync(platform, null);
        var page = browser.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await browser.SignInAsync(platform, "/api-keys", (await _tenants.AddUserAsync(_organization, "admin")).Email);
        await Expect(page.GetByText("There are none.")).ToBeVisibleAsync();

        await page.GetByLabel("Name").FillAsync("Booking server");
        await page.GetByLabel("See agents").CheckAsync();
        await page.GetByText("Only from certain places").ClickAsync();
        await page.GetByLabel("Networks, one a line").FillAsync("127.0.0.0/8\n::1/128");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the key" }).ClickAsync();
        var first = await SecretAsync(page);
        var row = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Booking server" });
        await Expect(row).ToContainTextAsync("Only from 127.0.0.0/8");
        await Expect(row).ToContainTextAsync("agents:read");
        await Expect(row).ToContainTextAsync("never used");
        await browser.ScreenshotAsync("api-keys", fullPage: true);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first));

        // What is shown once is gone from the page afterwards.
        await page.GetByRole(AriaRole.Button, new() { Name = "I have it" }).ClickAsync();
        await page.ReloadAsync();
        await Expect(row).ToBeVisibleAsync();
        Assert.DoesNotContain(first, await page.ContentAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "New secret for Booking server" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("The old one stays good for").SelectOptionAsync("a day");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give a new secret" }).ClickAsync();
        var second = await SecretAsync(page);
        await Expect(page.GetByText("The secret before it stays good until")).ToBeVisibleAsync();
        Assert.NotEqual(first, second);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(first), await StatusAsync(second)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Booking server" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second));
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Booking server" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await Expect(page.GetByText("There are none.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Revoked and expired (1)")).ToBeVisibleAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await StatusAsync(first), await StatusAsync(second)));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Who_is_signed_in_for_long_proves_who_they_are_and_has_the_key_then()
    {
        await using var browser = await Browser.OpenAsync(platform, null, ColorScheme.Dark);
        var page = browser.Page;
        await browser.SignInAsync(platform, "/api-keys", (await _tenants.AddUserAsync(_organization, "owner")).Email);
        await page.ForgetProofAsync(platform);
        browser.Complaints.Clear();

        await page.GetByLabel("Name").FillAsync("Booking server");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the key" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Is it you?" });
        await dialog.GetByLabel("Password").FillAsync("not the password");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The password is wrong.");
        await browser.ScreenshotAsync("api-keys-proof");
        await dialog.GetByLabel("Password").FillAsync(platform.AdminPassword);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Secret of Booking server" })).ToBeVisibleAsync();
        // The API's two refusals are in the console too, and nothing else.
        Assert.All(browser.Complaints, complaint => Assert.Contains("403", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_is_told_who_manages_keys()
    {
        await using var browser = await Browser.OpenAsync(platform, null, ColorScheme.Dark, width: 390, height: 780);
        await browser.SignInAsync(platform, "/api-keys", (await _tenants.AddUserAsync(_organization, "member")).Email);
        await Expect(browser.Page.GetByText("Keys are managed by owners and admins")).ToBeVisibleAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Link, new() { Name = "API keys" })).ToHaveCountAsync(0);
        await browser.ScreenshotAsync("api-keys-member");
        Assert.Empty(browser.Complaints);
    }

    private static async Task<string> SecretAsync(IPage page)
    {
        var secret = page.GetByRole(AriaRole.Region, new() { Name = "Secret of Booking server" });
        await secret.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(secret.GetByRole(AriaRole.Status)).ToHaveTextAsync("Copied.");
        var copied = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.Equal(await secret.Locator("[data-secret-value]").TextContentAsync(), copied);
        Assert.StartsWith("va_live_", copied, StringComparison.Ordinal);
        return copied;
    }

    private async Task<HttpStatusCode> StatusAsync(string secret)
    {
        using var client = new HttpClient { BaseAddress = platform.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        using var response = await client.GetAsync("/api/v1/agents").OrTimeout();
        return response.StatusCode;
    }
}
