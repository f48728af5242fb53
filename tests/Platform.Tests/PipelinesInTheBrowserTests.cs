using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Platform.Tests.Api;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests;

[Collection(PlatformCollection.Name)]
public sealed class PipelinesInTheBrowserTests(PlatformFixture platform) : IAsyncLifetime
{
    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();

    public Task InitializeAsync() => _tenants.AddOrganizationAsync(_organization);

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task A_pipeline_is_written_checked_saved_and_run_with_a_recording()
    {
        var recording = await Speech.WriteWavAsync(
            Path.Combine(Path.GetTempPath(), $"voice-pipeline-{Guid.NewGuid():n}.wav"), await Speech.SayAsync("when are you open"));
        var (_, email) = await _tenants.AddUserAsync(_organization, "member");
        await using var browser = await Browser.OpenAsync(platform, null);
        var page = browser.Page;
        await browser.SignInAsync(platform, "/pipelines", email);
        await Expect(page.Locator("#pipelines")).ToHaveAttributeAsync("data-ready", "true");
        await Expect(page.Locator("[data-list] li")).ToHaveCountAsync(4);

        await page.Locator("[data-list] li", new() { HasText = "Voice assistant" }).GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await page.GetByLabel("recording").SetInputFilesAsync(recording);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(page.Locator("[data-run-state]")).ToHaveTextAsync("succeeded", new() { Timeout = 45_000 });
        await Expect(page.Locator("[data-steps] [data-step]")).ToHaveCountAsync(4);
        await Expect(page.Locator("[data-step=think]")).ToContainTextAsync("succeeded");
        await Expect(page.Locator("[data-outputs]")).ToContainTextAsync("answer");
        await page.WaitForFunctionAsync("document.querySelector('[data-outputs] audio')?.duration > 1");
        await browser.ScreenshotAsync("pipelines-run", fullPage: true);

        // Wrong first: each problem is told with its place, and nothing is saved.
        var document = page.GetByLabel("Document", new() { Exact = true });
        var good = await document.InputValueAsync();
        await document.FillAsync(good.Replace("steps.think.text", "steps.thnk.text", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a new version" }).ClickAsync();
        await Expect(page.Locator("[data-problems] li").First).ToContainTextAsync("There is no step 'thnk'.");
        await document.FillAsync(Regex.Replace(good, "\"name\": \"Voice assistant\"", "\"name\": \"Front desk\""));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a new version" }).ClickAsync();
        await Expect(page.Locator("[data-saved]")).ToHaveTextAsync("Saved as version 2.");
        await Expect(page.Locator("[data-name]")).ToHaveTextAsync("Front desk");
        await page.GetByLabel("Version", new() { Exact = true }).SelectOptionAsync("1");
        await Expect(page.Locator("[data-diff] .added")).ToContainTextAsync("Front desk");
        await browser.ScreenshotAsync("pipelines-editor", fullPage: true);
        Assert.Empty(browser.Complaints);
        File.Delete(recording);
    }
}
