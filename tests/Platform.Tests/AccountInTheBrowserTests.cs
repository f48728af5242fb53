using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests;

[Collection(PlatformCollection.Name)]
public sealed class AccountInTheBrowserTests(PlatformFixture platform)
{
    private const string Password = "teal otter under bridges 42";

    [Fact]
    public async Task Somebody_signs_up_finishes_by_mail_talks_adds_a_second_factor_and_signs_in_with_it()
    {
        var email = $"ada-{Guid.NewGuid():n}@example.com";
        await using var owner = await Browser.OpenAsync(platform, null);
        await using var browser = await Browser.OpenAsync(platform, []);
        await browser.UseMicrophoneOnCueAsync();
        var page = browser.Page;
        await page.GotoAsync("/sign-up");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Organization").FillAsync("Analytical clinic");
        await page.GetByLabel("Password").FillAsync("password1234");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("too easy to guess");
        await browser.ScreenshotAsync("sign-up-refused");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the account" }).ClickAsync();
        await Expect(page.GetByText("Look into your mailbox.")).ToBeVisibleAsync();
        // The API's 400 above is in the console too.
        Assert.Single(browser.Complaints);
        browser.Complaints.Clear();

        await page.GotoAsync(await LinkFromTheOutboxAsync(owner, email));
        await page.GetByLabel("The password that you chose").FillAsync(Password);
        Assert.DoesNotContain("#", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(platform.Url, "/talk").AbsoluteUri);

        await TalkAsync(browser);

        await page.GetByTitle($"Account of {email}").ClickAsync();
        var (secret, confirmedAt) = await EnrolAsync(browser);
        await page.GetByRole(AriaRole.Link, new() { Name = "Organization", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Analytical clinic" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-members] .row")).ToHaveCountAsync(1);
        await browser.ScreenshotAsync("organization", fullPage: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await browser.ScreenshotAsync("second-factor");
        // A code is good once: the one that confirmed is not good again, the next one is good a step early.
        await page.GetByLabel("Code of your authenticator app").FillAsync(CodeAt(secret, Math.Max(confirmedAt + 1, Step)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Uri(platform.Url, "/talk").AbsoluteUri);
        Assert.Empty(browser.Complaints);
        Assert.Empty(owner.Complaints);
    }

    /// <summary>An organization that is seconds old has somebody to talk to.</summary>
    private static async Task TalkAsync(Browser browser)
    {
        var patient = new LocatorAssertionsToHaveAttributeOptions { Timeout = 60_000 };
        await Expect(browser.Page.Locator("input[name=agent]")).ToHaveCountAsync(3);
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(browser.Page.Locator("#talk")).ToHaveAttributeAsync("data-status", "listening", patient);
        var answers = browser.Page.Locator(".bubble.assistant:not(.partial)");
        var greetings = await answers.CountAsync();
        await browser.SpeakAsync("What are your opening hours?");
        await Expect(answers).ToHaveCountAsync(greetings + 1, new() { Timeout = 60_000 });
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(browser.Page.Locator("#talk")).ToHaveAttributeAsync("data-status", "ended", patient);
    }

    private static long Step => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;

    private async Task<string> LinkFromTheOutboxAsync(Browser owner, string email)
    {
        await owner.SignInAsync(platform, "/outbox");
        var mail = owner.Page.Locator("[data-mails] .row").Filter(new() { HasText = email });
        await Deadline.Until(async () =>
        {
            await Expect(owner.Page.Locator("#outbox")).ToHaveAttributeAsync("data-ready", "true");
            if (await mail.CountAsync() > 0)
            {
                return true;
            }

            await owner.Page.ReloadAsync();
            return false;
        });
        await mail.GetByRole(AriaRole.Button, new() { Name = "Read" }).ClickAsync();
        var link = await mail.GetByRole(AriaRole.Link).GetAttributeAsync("href");
        await owner.ScreenshotAsync("outbox");
        return link!;
    }

    private static async Task<(byte[] Secret, long ConfirmedAt)> EnrolAsync(Browser browser)
    {
        var page = browser.Page;
        await Expect(page.Locator("#account")).ToHaveAttributeAsync("data-ready", "true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await Deadline.Until(async () => await page.Locator("[data-second-factor-qr]").EvaluateAsync<int>("image => image.naturalWidth") > 0);
        await browser.ScreenshotAsync("account-enrol", fullPage: true);
        var secret = Decode((await page.Locator("[data-second-factor-secret]").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal));
        var step = Step;
        await page.GetByLabel("The code that the app shows now").FillAsync(CodeAt(secret, step));
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page.Locator("[data-recovery-codes] li")).ToHaveCountAsync(10);
        await browser.ScreenshotAsync("account", fullPage: true);
        return (secret, step);
    }

    // RFC 6238, written a second time: what signs in must not be judged by itself.
    private static string CodeAt(byte[] secret, long step)
    {
        var counter = BitConverter.GetBytes(step);
        Array.Reverse(counter);
#pragma warning disable CA5350 // What authenticator apps use.
        var mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var at = mac[19] & 15;
        var number = ((mac[at] & 127) << 24) | (mac[at + 1] << 16) | (mac[at + 2] << 8) | mac[at + 3];
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => byte.Parse(bits.AsSpan(i * 8, 8), NumberStyles.BinaryNumber, CultureInfo.InvariantCulture))];
    }
}
