using System.Net;
using System.Text.RegularExpressions;

namespace Web.Tests;

public sealed partial class PageTests(WebHost web) : IClassFixture<WebHost>, IAsyncLifetime
{
    public Task InitializeAsync()
    {
        web.Reset();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("/")]
    [InlineData("/talk")]
    [InlineData("/sessions")]
    [InlineData("/sessions/sess_2")]
    [InlineData("/nowhere")]
    [InlineData("/metrics")]
    public async Task A_page_needs_an_identity(string path)
    {
        using var client = web.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task The_sign_in_page_and_what_it_is_made_of_are_open()
    {
        using var client = web.Anonymous();
        var page = await client.GetStringAsync("/sign-in?error=invalid&return_url=%2Fsessions");
        Assert.Contains("E-mail or password is wrong.", page, StringComparison.Ordinal);
        Assert.Contains("name=\"return_url\" value=\"/sessions\"", page, StringComparison.Ordinal);
        var assets = Asset().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.True(assets.Count >= 4);
        foreach (var asset in assets)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(asset)).StatusCode);
        }

        foreach (var worklet in new[] { "/ui/capture-worklet.js", "/ui/playback-worklet.js" })
        {
            using var response = await client.GetAsync(worklet);
            Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task The_start_page_leads_to_talk()
    {
        using var client = web.SignedIn();
        using var response = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.EndsWith("/talk", response.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talk_offers_the_agents_on_behalf_of_the_caller()
    {
        web.Platform.Seen.Clear();
        var page = await web.PageAsync("/talk?agent=interpreter");
        Assert.Matches("value=\"interpreter\" checked", page);
        Assert.DoesNotMatch("value=\"receptionist\" checked", page);
        Assert.Contains("English → Spanish", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;EN&lt;/b&gt;", page, StringComparison.Ordinal);

        var (_, authorization) = Assert.Single(web.Platform.Seen);
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(authorization!["Bearer ".Length..].Split('.')[1]);
        Assert.Contains("\"sub\":\"user_7\"", System.Text.Encoding.UTF8.GetString(payload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_show_state_duration_and_the_way_to_older_ones()
    {
        var page = WebUtility.HtmlDecode(await web.PageAsync("/sessions?cursor=x"));
        Assert.Contains("href=\"/sessions/sess_1\"", page, StringComparison.Ordinal);
        Assert.Contains("Live", page, StringComparison.Ordinal);
        Assert.Contains("Ended · connection lost", page, StringComparison.Ordinal);
        Assert.Contains("1 min 31 s", page, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2026-11-20T11:15:04.0000000Z\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sessions?cursor=a%2Bb%2Fc%3D%3D\"", page, StringComparison.Ordinal);
        Assert.Contains(web.Platform.Seen, s => s.Path == "/api/v1/sessions?limit=20&cursor=x");
    }

    [Fact]
    public async Task No_sessions_yet_is_an_invitation()
    {
        web.Platform.Answers["/api/v1/sessions"] = """{"data":[],"next_cursor":null}""";
        Assert.Contains("No conversations yet", await web.PageAsync("/sessions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_shows_what_was_said_heard_found_and_summed_up()
    {
        var page = await web.PageAsync("/sessions/sess_2");
        Assert.Contains("src=\"/api/v1/sessions/sess_2/recording/content?expires=1&amp;signature=abc\"", page, StringComparison.Ordinal);
        Assert.Contains("when are you &lt;script&gt;alert(1)&lt;/script&gt; open", page, StringComparison.Ordinal);
        var text = WebUtility.HtmlDecode(page);
        foreach (var expected in new[] { "93 % sure", "From eight until six.", "0:05", "1:20", "Answered after 500 ms", "No reply.", "Self harm", "Lifeline", "988", "opening hours", "where to park" })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_waterfall_places_each_stage_after_the_one_before_and_safety_beside_the_model()
    {
        var page = await web.PageAsync("/sessions/sess_2");
        var bars = Bar().Matches(page).Select(m => (m.Groups[1].Value, double.Parse(m.Groups[2].Value), double.Parse(m.Groups[3].Value))).ToList();
        Assert.Equal([("endpointing", 0, 80), ("transcript_final", 80, 10), ("safety", 90, 0.8), ("first_token", 90, 2), ("first_audio", 92, 8)], bars);
        Assert.Contains("Turn end 400 milliseconds, Transcript 50 milliseconds", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_without_its_neighbours_is_still_a_session()
    {
        web.Platform.Failures["/api/v1/sessions/sess_2/interventions"] = 500;
        web.Platform.Failures["/api/v1/sessions/sess_2/exports"] = 500;
        web.Platform.Failures["/api/v1/sessions/sess_2/recording"] = 500;
        var page = await web.PageAsync("/sessions/sess_2");
        Assert.Contains("From eight until six.", page, StringComparison.Ordinal);
        Assert.Contains("The safety service is not answering", page, StringComparison.Ordinal);
        Assert.Contains("The export service is not answering", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<audio", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_a_404_with_a_way_on()
    {
        Assert.Contains("There is no such session", await web.PageAsync("/sessions/sess_9", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("There is nothing at this address", await web.PageAsync("/no/such/page", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/talk", "/api/v1/agents")]
    [InlineData("/sessions", "/api/v1/sessions")]
    [InlineData("/sessions/sess_2", "/api/v1/sessions/sess_2")]
    public async Task A_service_that_fails_is_said_in_words_and_answered_503(string path, string failing)
    {
        web.Platform.Failures[failing] = 500;
        Assert.Contains("not answering", await web.PageAsync(path, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        web.Platform.Failures.Clear();
        web.Platform.Answers[failing] = "this is no JSON";
        Assert.Contains("not answering", await web.PageAsync(path, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:src|href)=\"(/?ui/[^\"]+|/favicon.svg)\"")]
    private static partial Regex Asset();

    [GeneratedRegex("waterfall-bar stage-(\\w+)\" style=\"inset-inline-start:([\\d.]+)%;inline-size:([\\d.]+)%")]
    private static partial Regex Bar();
}
