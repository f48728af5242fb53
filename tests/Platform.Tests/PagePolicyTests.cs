using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Platform.Tests;

/// <summary>A script that somebody smuggles into a page must not run: no page has one of its own in it, and no page's policy lets one in.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class PagePolicyTests(PlatformFixture platform)
{
    private static readonly string[] Open =
    [
        "/sign-in", "/sign-in/code", "/sign-in/link", "/sign-up", "/sign-up/verify", "/forgot-password", "/reset-password", "/invitation", "/docs", "/docs/getting-started", "/docs/errors",
    ];

    private static readonly string[] Closed =
        ["/", "/talk", "/sessions", "/sessions/sess_nothing", "/organization", "/account", "/api-keys", "/usage", "/transcriptions", "/pipelines", "/providers", "/outbox", "/no-such-page"];

    [Fact]
    public async Task No_page_breaks_its_policy_and_no_policy_lets_a_script_in()
    {
        await using var browser = await Browser.OpenAsync(platform, microphone: null);
        // Reports of the browser itself, also of what breaks no sooner than in a script.
        await browser.Page.AddInitScriptAsync("window.violations = []; addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective}: ${e.blockedURI} ${e.sample}`));");
        foreach (var path in Open)
        {
            await VisitAsync(browser, path);
        }

        await browser.SignInAsync(platform);
        foreach (var path in Closed)
        {
            await VisitAsync(browser, path);
        }

        // One that is smuggled in all the same does not run.
        await browser.Page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.smuggled = true' }))");
        Assert.False(await browser.Page.EvaluateAsync<bool>("window.smuggled === true"));
        Assert.Contains(await browser.Page.EvaluateAsync<string[]>("window.violations"), violation => violation.StartsWith("script-src", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_is_visited()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "Web"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Route().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Select(route => Regex.Replace(route, @"\{[^*].*?\}", "sess_nothing"));
        Assert.Empty(pages.Where(page => !page.Contains('*', StringComparison.Ordinal)).Except(Open).Except(Closed));
    }

    private static async Task VisitAsync(Browser browser, string path)
    {
        var response = await browser.Page.GotoAsync(path, new() { WaitUntil = path == "/docs" ? WaitUntilState.NetworkIdle : WaitUntilState.Load });
        Assert.True(response is not null, $"{path} is where the browser was already");
        Assert.NotEqual((int)HttpStatusCode.BadGateway, response.Status);
        var policy = await response.HeaderValueAsync("content-security-policy");
        Assert.True(policy is not null, $"{path} ({response.Status} of {response.Url}) has no policy");
        var scripts = policy.Split(';', StringSplitOptions.TrimEntries).SingleOrDefault(directive => directive.StartsWith("script-src ", StringComparison.Ordinal)) ?? "default-src 'none'";
        Assert.True(scripts is "script-src 'self'" or "default-src 'none'", $"{path}: {policy}");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);

        var inline = await browser.Page.EvaluateAsync<int>(
            "[...document.scripts].filter((s) => !s.src && !['application/json', 'importmap'].includes(s.type)).length + document.querySelectorAll('[onclick],[onload],[onerror],[onsubmit],[onchange],[href^=\"javascript:\"]').length");
        Assert.True(inline == 0, $"{path} has {inline} scripts in it");
        var violations = await browser.Page.EvaluateAsync<string[]>("window.violations");
        // A schema library in the reference tries whether it may make functions of text, is told no, and does without.
        Assert.Equal([], violations.Except(path == "/docs" ? ["script-src: eval "] : []).Select(violation => $"{path}: {violation}"));
    }

    [GeneratedRegex("""@page "([^"]+)""")]
    private static partial Regex Route();
}
