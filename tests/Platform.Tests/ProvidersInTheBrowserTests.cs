using Microsoft.Playwright;
using Platform.Tests.Api;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests;

[Collection(PlatformCollection.Name)]
public sealed class ProvidersInTheBrowserTests(PlatformFixture platform) : IAsyncLifetime
{
    private const string Secret = "made-up-key-of-nobody";

    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();

    public Task InitializeAsync() => _tenants.AddOrganizationAsync(_organization);

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task An_admin_tests_what_is_built_in_brings_a_provider_and_removes_it()
    {
        await using var browser = await Browser.OpenAsync(platform, null);
        var page = browser.Page;
        await browser.SignInAsync(platform, "/providers", (await _tenants.AddUserAsync(_organization, "admin")).Email);
        await Expect(page.Locator("#providers")).ToHaveAttributeAsync("data-ready", "true");

        var embedded = Provider(page, "pocketsphinx");
        await Expect(embedded.GetByRole(AriaRole.Rowheader)).ToContainTextAsync("Built in");
        await Expect(embedded.GetByRole(AriaRole.Rowheader)).ToContainTextAsync("Local");
        await Expect(embedded.Locator("[data-capability=transcription]")).ToContainTextAsync("English");
        await Expect(embedded.Locator("[data-capability=transcription]")).ToContainTextAsync("Free");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove pocketsphinx" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Test pocketsphinx" }).ClickAsync();
        await Expect(embedded.GetByRole(AriaRole.Status)).ToContainTextAsync("Answers", new() { Timeout = 45_000 });

        // A refusal leaves what was written, so that only the name has to be written again.
        await page.GetByLabel("Name").FillAsync("flite");
        await page.GetByLabel("Kind").SelectOptionAsync("deepgram");
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(Secret);
        await page.GetByLabel("Model", new() { Exact = true }).FillAsync("nova-3");
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add the provider" });
        await add.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("names that have a meaning already");
        await page.GetByLabel("Name").FillAsync("our-ears");
        await add.ClickAsync();
        var own = Provider(page, "our-ears");
        await Expect(own.GetByRole(AriaRole.Rowheader)).ToContainTextAsync("deepgram · nova-3");
        await Expect(own.GetByRole(AriaRole.Rowheader)).ToContainTextAsync("Your own");
        await Expect(own.GetByRole(AriaRole.Rowheader)).ToContainTextAsync("Has a key");
        await Expect(page.GetByLabel("Key", new() { Exact = true })).ToHaveValueAsync("");
        await browser.ScreenshotAsync("providers", fullPage: true);
        await page.ReloadAsync();
        await Expect(own).ToBeVisibleAsync();
        Assert.DoesNotContain(Secret, await page.ContentAsync(), StringComparison.Ordinal);

        var remove = page.GetByRole(AriaRole.Button, new() { Name = "Remove our-ears" });
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Remove our-ears?" });
        await remove.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(own).ToBeVisibleAsync();
        await remove.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(page.GetByText("our-ears is removed.")).ToBeVisibleAsync();
        await Expect(own).ToHaveCountAsync(0);
        // The refused name is in the console too, and nothing else.
        Assert.All(browser.Complaints, complaint => Assert.Contains("400", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_sees_what_can_be_asked_and_changes_nothing()
    {
        await using var browser = await Browser.OpenAsync(platform, null, ColorScheme.Dark, width: 390, height: 780);
        var page = browser.Page;
        await browser.SignInAsync(platform, "/providers", (await _tenants.AddUserAsync(_organization, "member")).Email);
        await Expect(Provider(page, "flite")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Test flite" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add the provider" })).ToHaveCountAsync(0);
        await browser.ScreenshotAsync("providers-member", fullPage: true);
        Assert.Empty(browser.Complaints);
    }

    private static ILocator Provider(IPage page, string name) => page.Locator($"[data-provider={name}]");
}
