using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests;

[Collection(PlatformCollection.Name)]
public sealed partial class TalkInTheBrowserTests(PlatformFixture platform)
{
    private static readonly LocatorAssertionsToHaveAttributeOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task Somebody_signs_in_talks_hears_the_answer_and_finds_the_conversation_again()
    {
        // Asked again after a while: a machine that is too busy to understand answers that it did not catch it.
        var question = await Speech.SayAsync("What are your opening hours?");
        var pause = Speech.Silence(TimeSpan.FromSeconds(20));
        await using var browser = await Browser.OpenAsync(platform, [Speech.Silence(TimeSpan.FromSeconds(1.5)), question, pause, question, pause, question, pause]);
        var page = browser.Page;
        await browser.SignInAsync(platform);
        await browser.ScreenshotAsync("talk-before");

        var talk = page.Locator("#talk");
        await page.Locator("#talk-toggle").ClickAsync();
        await Expect(Heard(page).First).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Expect(page.Locator(".bubble.assistant:not(.partial) .said").Last).Not.ToBeEmptyAsync(new() { Timeout = 60_000 });
        await Expect(talk).Not.ToHaveAttributeAsync("data-turns", "0", Patient);
        await Expect(page.Locator("#talk-waterfall .waterfall-row")).Not.ToHaveCountAsync(0);
        await Expect(talk).ToHaveAttributeAsync("data-status", "listening", Patient);
        Assert.InRange(await NumberAsync(talk, "data-audio-bytes"), 24_000, 5_000_000);
        Assert.InRange(await NumberAsync(talk, "data-played-ms"), 500, 100_000);
        Assert.InRange(int.Parse((await page.Locator("#talk-total").TextContentAsync())!, CultureInfo.InvariantCulture), 1, 10_000);
        await browser.ScreenshotAsync("talk-after-a-turn");

        await page.Locator("#talk-toggle").ClickAsync();
        await Expect(talk).ToHaveAttributeAsync("data-status", "ended");
        var session = (await talk.GetAttributeAsync("data-session-id"))!;
        Assert.StartsWith("sess_", session, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Sessions", Exact = true }).First.ClickAsync();
        await browser.ScreenshotAsync("sessions");
        await page.Locator($"a[href='/sessions/{session}']").ClickAsync();
        await ExpectTheRecordAsync(browser);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Speaking_into_the_answer_silences_it()
    {
        await using var browser = await Browser.OpenAsync(platform, []);
        await browser.UseMicrophoneOnCueAsync();
        await browser.SignInAsync(platform);
        var talk = browser.Page.Locator("#talk");
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(talk).ToHaveAttributeAsync("data-status", "listening", Patient);
        await browser.SpeakAsync("What are your opening hours?");
        await Expect(talk).ToHaveAttributeAsync("data-status", "speaking", Patient);
        await browser.SpeakAsync("Sorry, stop. Where can I park my car?");
        await Expect(browser.Page.Locator(".bubble.assistant .note").First).ToHaveTextAsync("interrupted", new() { Timeout = 60_000 });
        await Expect(browser.Page.Locator(".bubble.assistant .said").Nth(1)).Not.ToBeEmptyAsync(new() { Timeout = 60_000 });
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task What_is_said_in_a_crisis_brings_help_onto_the_page()
    {
        await using var browser = await Browser.OpenAsync(platform, []);
        await browser.UseMicrophoneOnCueAsync();
        await browser.SignInAsync(platform, "/talk?agent=companion");
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(browser.Page.Locator("#talk")).ToHaveAttributeAsync("data-status", "listening", Patient);
        var panel = browser.Page.Locator("#talk-safety");
        for (var said = 0; said < 3 && !await panel.IsVisibleAsync(); said++)
        {
            // On a machine that is too busy to understand, the agent asks again, and somebody would say it again.
            var answers = await browser.Page.Locator(".bubble.assistant:not(.partial)").CountAsync();
            await browser.SpeakAsync("I want to end my life.");
            await Expect(browser.Page.Locator(".bubble.assistant:not(.partial)")).ToHaveCountAsync(answers + 1, new() { Timeout = 60_000 });
            await Expect(browser.Page.Locator("#talk")).ToHaveAttributeAsync("data-status", "listening", Patient);
        }

        await Expect(panel).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(browser.Page.Locator("#talk-safety .resource")).Not.ToHaveCountAsync(0);
        await browser.ScreenshotAsync("talk-safety");
        await browser.Page.Locator("#talk-toggle").ClickAsync();
    }

    [Fact]
    public async Task A_refused_microphone_is_said_in_words_and_begins_no_conversation()
    {
        await using var browser = await Browser.OpenAsync(platform, microphone: null);
        await browser.SignInAsync(platform);
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(browser.Page.Locator("#talk-problem")).ToContainTextAsync("The microphone is blocked");
        await Expect(browser.Page.Locator("#talk")).ToHaveAttributeAsync("data-status", "failed");
        await Expect(browser.Page.Locator("#talk")).ToHaveAttributeAsync("data-session-id", "");
        await browser.ScreenshotAsync("talk-microphone-refused");
    }

    [Fact]
    public async Task A_lost_connection_is_said_in_words_and_one_can_start_again()
    {
        await using var browser = await Browser.OpenAsync(platform, [Speech.Silence(TimeSpan.FromSeconds(30))]);
        var sockets = new List<IWebSocketRoute>();
        await browser.Page.RouteWebSocketAsync(new Regex("/v1/realtime"), route =>
        {
            route.ConnectToServer();
            sockets.Add(route);
        });
        await browser.SignInAsync(platform);
        var talk = browser.Page.Locator("#talk");
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(talk).ToHaveAttributeAsync("data-status", "listening", Patient);
        await sockets[0].CloseAsync(new() { Code = 1011, Reason = "gone" });
        await Expect(browser.Page.Locator("#talk-problem")).ToContainTextAsync("The connection was lost");

        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(talk).ToHaveAttributeAsync("data-status", "listening", Patient);
        await Expect(browser.Page.Locator("#talk-problem")).ToBeHiddenAsync();
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(talk).ToHaveAttributeAsync("data-status", "ended");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_replaced_and_the_conversation_goes_on()
    {
        await using var network = CutConnections.To(platform.Url);
        await using var browser = await Browser.OpenAsync(platform, [], through: network.Address);
        await browser.UseMicrophoneOnCueAsync();
        await browser.SignInAsync(platform);
        var talk = browser.Page.Locator("#talk");
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(talk).ToHaveAttributeAsync("data-status", "listening", Patient);
        var session = await talk.GetAttributeAsync("data-session-id");
        await talk.EvaluateAsync(
            "talk => { window.statuses = []; new MutationObserver(() => window.statuses.push(talk.dataset.status)).observe(talk, { attributeFilter: ['data-status'] }); }");
        await browser.SpeakAsync("What are your opening hours?");
        await Expect(talk).ToHaveAttributeAsync("data-status", "speaking", Patient);
        network.Cut();

        await Expect(talk).Not.ToHaveAttributeAsync("data-turns", "0", Patient);
        await Expect(talk).ToHaveAttributeAsync("data-status", "listening", Patient);
        Assert.Contains("reconnecting", await browser.Page.EvaluateAsync<string[]>("window.statuses"));
        Assert.Equal(session, await talk.GetAttributeAsync("data-session-id"));

        var turns = await NumberAsync(talk, "data-turns");
        await browser.SpeakAsync("Where can I park my car?");
        await Expect(talk).ToHaveAttributeAsync("data-turns", $"{turns + 1}", Patient);
        await Expect(browser.Page.Locator("#talk-problem")).ToBeHiddenAsync();
        await browser.Page.Locator("#talk-toggle").ClickAsync();
        await Expect(talk).ToHaveAttributeAsync("data-status", "ended");
    }

    [Fact]
    public async Task The_chosen_theme_is_kept_and_small_screens_have_room()
    {
        await using var browser = await Browser.OpenAsync(platform, [Speech.Silence(TimeSpan.FromSeconds(1))], ColorScheme.Dark);
        var page = browser.Page;
        await page.GotoAsync("/sign-in");
        await browser.ScreenshotAsync("sign-in-dark");
        await browser.SignInAsync(platform);
        await browser.ScreenshotAsync("talk-dark");
        Assert.Equal("rgb(15, 21, 20)", await GroundAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Use the light theme" }).ClickAsync();
        Assert.Equal("rgb(245, 247, 247)", await GroundAsync());
        await page.ReloadAsync();
        Assert.Equal("rgb(245, 247, 247)", await GroundAsync());

        await page.SetViewportSizeAsync(390, 844);
        await browser.ScreenshotAsync("talk-phone");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
        Assert.Empty(browser.Complaints);

        Task<string> GroundAsync() => page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
    }

    [Fact]
    public async Task Signing_out_ends_it()
    {
        await using var browser = await Browser.OpenAsync(platform, microphone: null);
        await browser.SignInAsync(platform, "/sessions");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(browser.Page).ToHaveURLAsync(new Regex("/sign-in$"));
        await browser.Page.GotoAsync("/sessions");
        await Expect(browser.Page).ToHaveURLAsync(new Regex("/sign-in\\?return_url=%2Fsessions$"));
    }

    private static async Task ExpectTheRecordAsync(Browser browser)
    {
        var page = browser.Page;
        await Expect(Heard(page).First).ToBeVisibleAsync();
        await Expect(page.Locator(".bubble.assistant .said").First).Not.ToBeEmptyAsync();
        await Expect(page.Locator(".turn-latency .waterfall-row").First).ToBeVisibleAsync();

        // The summary is written by another service, after the end.
        await Deadline.Until(
            async () =>
            {
                await page.ReloadAsync();
                return await page.Locator("#summary-title ~ p").First.TextContentAsync() is { } text && !Missing().IsMatch(text)
                    && await page.Locator("#recording").CountAsync() == 1;
            },
            TimeSpan.FromSeconds(60));
        await page.Locator("#recording").EvaluateAsync("player => player.readyState >= 1 || new Promise(done => player.addEventListener('loadedmetadata', done))");
        Assert.InRange(await page.Locator("#recording").EvaluateAsync<double>("player => player.duration"), 3, 600);

        await page.Locator("button.turn-time").First.ClickAsync();
        await page.WaitForFunctionAsync("document.querySelector('#recording').currentTime > 0.2");
        await page.Locator("#recording").EvaluateAsync("player => player.pause()");
        await browser.ScreenshotAsync("session", fullPage: true);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await browser.ScreenshotAsync("session-dark", fullPage: true);
    }

    private static ILocator Heard(IPage page) =>
        page.Locator(".bubble.user .said").Filter(new() { HasTextRegex = new Regex("hour|open", RegexOptions.IgnoreCase) });

    private static async Task<long> NumberAsync(ILocator locator, string attribute) =>
        long.Parse((await locator.GetAttributeAsync(attribute))!, CultureInfo.InvariantCulture);

    [GeneratedRegex("Written when|Not written yet|not answering")]
    private static partial Regex Missing();
}
