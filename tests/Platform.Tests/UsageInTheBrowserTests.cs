using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Platform.Tests.Api;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests;

[Collection(PlatformCollection.Name)]
public sealed class UsageInTheBrowserTests(PlatformFixture platform) : IAsyncLifetime
{
    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();

    public Task InitializeAsync() => _tenants.AddOrganizationAsync(_organization);

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task What_was_used_is_shown_by_day_key_and_kind_beside_the_months_quota_and_can_be_taken_along()
    {
        const string text = "Nine letters and a few more.";
        await _tenants.ExecuteAsync(
            "insert into identity.limit_settings (organization_id, subject, settings, updated_at) values ($1, '', $2::jsonb, now())",
            _organization, JsonSerializer.Serialize(new { monthly = new { characters = text.Length + 2, tokens = 1_000_000 } }));
        var (owner, email) = await _tenants.AddUserAsync(_organization, "owner");
        using (var client = await _tenants.SignInAsync(email))
        {
            using var spoken = await client.PostAsJsonAsync("/v1/audio/speech", new { input = text }).OrTimeout();
            Assert.True(spoken.IsSuccessStatusCode, await spoken.Content.ReadAsStringAsync());
            await spoken.Content.ReadAsByteArrayAsync().OrTimeout();
            await Deadline.Until(async () => (await client.GetStringAsync("/api/v1/usage")).Contains(owner, StringComparison.Ordinal));
            // The gateway's own sums of the month are seconds behind.
            await Deadline.Until(async () => (await client.GetStringAsync("/api/v1/limits")).Contains($"\"used\":{text.Length}", StringComparison.Ordinal));
        }

        // A name that a spreadsheet would run.
        var named = $"=cmd-{email}";
        await _tenants.ExecuteAsync("update identity.users set email = $2 where id = $1", owner, named);
        await using var browser = await Browser.OpenAsync(platform, null, width: 390, height: 780);
        var page = browser.Page;
        await browser.SignInAsync(platform, "/usage", named);
        await Expect(page.Locator("#usage")).ToHaveAttributeAsync("data-ready", "true");
        var meter = page.GetByRole(AriaRole.Meter, new() { Name = "Characters: share of this month's quota" });
        await Expect(meter).ToHaveAttributeAsync("aria-valuenow", "93");
        await Expect(page.Locator("[data-kind=characters]")).ToContainTextAsync("93 % used");
        await Expect(page.Locator("[data-kind=tokens]")).ToContainTextAsync("0 of 1,000,000");
        await Expect(page.Locator("[data-kind=sessions]")).ToContainTextAsync("0, no quota");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Characters by day" })).ToBeVisibleAsync();
        var row = page.Locator("[data-rows] tr");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync(named);
        await Expect(row).ToContainTextAsync($"{text.Length}");
        await browser.ScreenshotAsync("usage-small", fullPage: true);
        await page.SetViewportSizeAsync(1360, 860);
        await browser.ScreenshotAsync("usage", fullPage: true);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("day,key,name,kind,quantity,events", lines[0].TrimStart('\uFEFF'));
        Assert.EndsWith($",{owner},'{named},characters,{text.Length},1", Assert.Single(lines[1..]), StringComparison.Ordinal);

        await page.GetByLabel("Kind", new() { Exact = true }).SelectOptionAsync("tokens");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByText("Nothing was used from")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img)).ToHaveCountAsync(0);
        Assert.Empty(browser.Complaints);
    }
}
