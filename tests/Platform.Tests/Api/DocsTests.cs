using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Platform.Tests.Api;

/// <summary>The pages that partners begin with: what they show works.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class DocsTests(PlatformFixture platform)
{
    [Fact]
    public async Task Every_snippet_of_getting_started_does_what_it_says()
    {
        await using var tls = new TlsFront(platform.Url);
        using var client = new HttpClient { BaseAddress = platform.Url };
        var page = await client.GetStringAsync("/docs/getting-started").OrTimeout();
        var snippets = Snippet().Matches(page).Select(match => (Run: match.Groups[1].Value, Text: WebUtility.HtmlDecode(match.Groups[2].Value))).ToList();
        Assert.Equal(["bash", "bash", "bash", "node", "node", "bash"], snippets.Select(snippet => snippet.Run));

        var folder = Directory.CreateTempSubdirectory("voice-docs-").FullName;
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(OfficialClient.Folder, "node_modules"));
            List<string> printed = [];
            foreach (var (run, text) in snippets)
            {
                printed.Add(await RunAsync(run, text, folder, tls));
            }

            Assert.Contains("\"kind\":\"api_key\"", printed[0], StringComparison.Ordinal);
            Assert.True(new FileInfo(Path.Combine(folder, "question.wav")).Length > 20_000, "less than a second of speech");
            Assert.Contains("monday", printed[2], StringComparison.OrdinalIgnoreCase);
            Assert.Contains("monday", printed[3], StringComparison.OrdinalIgnoreCase);
            Assert.Contains("monday", printed[4], StringComparison.OrdinalIgnoreCase);
            Assert.Contains("\"ek_", printed[5], StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_reference_shows_operations_with_samples_and_asks_nobody_else_for_anything()
    {
        await using var browser = await Browser.OpenAsync(platform, microphone: null);
        List<string> elsewhere = [];
        browser.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(platform.Url.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                elsewhere.Add(request.Url);
            }
        };
        await browser.Page.GotoAsync("/docs");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Heading, new() { Name = "VoiceAspire API" })).ToBeVisibleAsync();
        await Assertions.Expect(browser.Page.GetByText("Agents").First).ToBeVisibleAsync();
        await browser.ScreenshotAsync("docs-reference");

        await browser.Page.GotoAsync("/docs#tag/agents/GET/api/v1/agents");
        await Assertions.Expect(browser.Page.GetByText("VOICE_API_KEY").First).ToBeVisibleAsync();
        await browser.ScreenshotAsync("docs-operation");

        Assert.Empty(elsewhere);
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData("/docs/getting-started", "Getting started")]
    [InlineData("/docs/errors", "Errors")]
    public async Task Pages_of_the_documentation_are_open_and_quiet(string path, string heading)
    {
        await using var browser = await Browser.OpenAsync(platform, microphone: null);
        await browser.Page.GotoAsync(path);
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();
        await browser.ScreenshotAsync(path.Trim('/').Replace('/', '-'), fullPage: true);
        Assert.Empty(browser.Complaints);
    }

    private async Task<string> RunAsync(string run, string text, string folder, TlsFront tls)
    {
        var file = Path.Combine(folder, run == "bash" ? "snippet.sh" : "snippet.mjs");
        await File.WriteAllTextAsync(file, text);
        var start = new ProcessStartInfo(run, [file]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["VOICE_URL"] = tls.Address.ToString().TrimEnd('/');
        start.Environment["VOICE_API_KEY"] = platform.ApiKey;
        (start.Environment["NODE_EXTRA_CA_CERTS"], start.Environment["CURL_CA_BUNDLE"]) = (tls.CertificateFile, tls.CertificateFile);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().OrTimeout(TimeSpan.FromMinutes(1));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, $"{text}\nended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }

    [GeneratedRegex("""<code data-run="(\w+)">(.*?)</code>""", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
