using Microsoft.Playwright;

namespace Platform.Tests;

/// <summary>Chromium with a microphone that plays a file, and a page that notes everything the browser complained about.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly string? _microphone;

    private readonly Uri _origin;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page, string? microphone, Uri origin)
    {
        (_playwright, _browser, Page, _microphone, _origin) = (playwright, browser, page, microphone, origin);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console: violations of the Content-Security-Policy are among them.</summary>
    public List<string> Complaints { get; } = [];

    /// <param name="microphone">What the microphone hears, once; null for a browser whose microphone is refused.</param>
    /// <param name="through">Where the platform is reached; itself unless given.</param>
    public static async Task<Browser> OpenAsync(PlatformFixture platform, byte[][]? microphone, ColorScheme scheme = ColorScheme.Light, int width = 1360, int height = 860, Uri? through = null)
    {
        var wav = microphone is null
            ? null
            : await Speech.WriteWavAsync(Path.Combine(Path.GetTempPath(), $"voice-microphone-{Guid.NewGuid():n}.wav"), microphone);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("VOICE_TEST_CHROMIUM") ?? "/usr/bin/chromium",
            Args = wav is null
                ? ["--use-fake-device-for-media-stream", "--deny-permission-prompts"]
                : ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-audio-capture={wav}%noloop", "--autoplay-policy=no-user-gesture-required"],
        });
        var context = await browser.NewContextAsync(new() { BaseURL = (through ?? platform.Url).AbsoluteUri, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(45_000);
        return new Browser(playwright, browser, page, wav, through ?? platform.Url);
    }

    /// <summary>
    /// A microphone that hears what <see cref="SpeakAsync"/> says, when it is said: for what depends on the moment, where a file that plays
    /// from the start would depend on how busy the machine is. Before the page is opened.
    /// </summary>
    public Task UseMicrophoneOnCueAsync() => Page.AddInitScriptAsync(
        """
        (() => {
          let context, microphone;
          navigator.mediaDevices.getUserMedia = async () => {
            context = new AudioContext({ sampleRate: 16000 });
            microphone = context.createMediaStreamDestination();
            await context.resume();
            return microphone.stream;
          };
          window.speak = (base64) => {
            const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
            const samples = new Int16Array(bytes.buffer);
            const buffer = context.createBuffer(1, samples.length, 16000);
            buffer.getChannelData(0).set(Float32Array.from(samples, (s) => s / 32768));
            const source = context.createBufferSource();
            source.buffer = buffer;
            source.connect(microphone);
            source.start();
          };
        })();
        """);

    public async Task SpeakAsync(string text) =>
        await Page.EvaluateAsync("audio => window.speak(audio)", Convert.ToBase64String(await Speech.SayAsync(text)));

    /// <param name="email">One with the administrator's password; the administrator unless given.</param>
    public async Task SignInAsync(PlatformFixture platform, string path = "/talk", string? email = null)
    {
        await Page.GotoAsync(path);
        await Assertions.Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
        await Page.GetByLabel("E-mail").FillAsync(email ?? platform.AdminEmail);
        await Page.GetByLabel("Password").FillAsync(platform.AdminPassword);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(new Uri(_origin, path).AbsoluteUri);
    }

    public Task ScreenshotAsync(string name, bool fullPage = false)
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestData.RepositoryRoot, "tests", "Platform.Tests", "TestResults"));
        return Page.ScreenshotAsync(new() { Path = Path.Combine(folder.FullName, $"{name}.png"), FullPage = fullPage });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        if (_microphone is not null)
        {
            File.Delete(_microphone);
        }
    }
}
