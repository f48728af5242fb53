using Microsoft.Playwright;
using Platform.Tests.Api;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests;

[Collection(PlatformCollection.Name)]
public sealed class TranscriptionsInTheBrowserTests(PlatformFixture platform) : IAsyncLifetime
{
    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();

    public Task InitializeAsync() => _tenants.AddOrganizationAsync(_organization);

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task A_recording_is_sent_transcribed_while_one_looks_on_read_and_taken_along()
    {
        var sentence = await Speech.SayAsync("hello our clinic is open from eight to five");
        var file = await Speech.WriteWavAsync(Path.Combine(platform.DataDirectory, "clinic.wav"), sentence, Speech.Silence(TimeSpan.FromSeconds(1)));
        var (_, email) = await _tenants.AddUserAsync(_organization, "member");
        await using var browser = await Browser.OpenAsync(platform, null);
        var page = browser.Page;
        await browser.SignInAsync(platform, "/transcriptions", email);
        await Expect(page.Locator("#transcriptions")).ToHaveAttributeAsync("data-ready", "true");
        await Expect(page.GetByText("There are none yet.")).ToBeVisibleAsync();

        await page.GetByLabel("Recording", new() { Exact = true }).SetInputFilesAsync(file);
        await page.GetByRole(AriaRole.Button, new() { Name = "Transcribe" }).ClickAsync();
        var row = page.Locator("[data-jobs] .row");
        await Expect(row).ToHaveAttributeAsync("data-state", "completed", new() { Timeout = 60_000 });
        await Expect(row).ToContainTextAsync("clinic.wav");
        await row.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        var line = page.Locator("[data-lines] li").First;
        await Expect(line).ToContainTextAsync("00:00");
        await Expect(line).ToContainTextAsync("clinic is open");
        await browser.ScreenshotAsync("transcriptions", fullPage: true);
        await page.SetViewportSizeAsync(390, 780);
        await browser.ScreenshotAsync("transcriptions-small", fullPage: true);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "SRT" }).ClickAsync());
        Assert.Equal("clinic.srt", download.SuggestedFilename);
        Assert.StartsWith("1\n00:00:00,", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        // What is no audio says so, and can be deleted.
        await File.WriteAllTextAsync(file, "This is a text, whatever its name says, and long enough to be looked at.");
        await page.GetByLabel("Recording", new() { Exact = true }).SetInputFilesAsync(file);
        await page.GetByRole(AriaRole.Button, new() { Name = "Transcribe" }).ClickAsync();
        var failed = page.Locator("[data-state=failed]");
        await Expect(failed).ToContainTextAsync("not audio");
        await failed.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(1);
        Assert.Empty(browser.Complaints);
    }
}
