namespace Platform.Tests;

/// <summary>The official clients, unmodified, through the gateway to the real models of this machine.</summary>
[Collection(PlatformCollection.Name)]
public sealed class OfficialClientTests(PlatformFixture platform)
{
    [Fact]
    public async Task The_openai_client_asks_aloud_and_hears_the_answer()
    {
        await using var tls = new TlsFront(platform.Url);
        var (result, _) = await new OfficialClient("openai.mjs", "spoken", platform.Url, platform.ApiKey, tls)
            .RunAsync(await Speech.SayAsync("What are your opening hours on Monday?"));

        Assert.Contains("monday", result.GetProperty("transcript").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("monday", result.GetProperty("reply").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(result.GetProperty("audioBytes").GetInt32() > 48_000, "less than a second of reply");
        Assert.Empty(result.GetProperty("errors").EnumerateArray());
    }

    [Fact]
    public async Task A_browser_talks_with_a_secret_that_a_server_minted_for_it()
    {
        await using var tls = new TlsFront(platform.Url);
        var client = new OfficialClient("openai.mjs", "browser", platform.Url, platform.ApiKey, tls)
        {
            // What a browser has, and Node 20 only on demand.
            NodeOptions = ["--experimental-websocket"],
        };
        var (result, _) = await client.RunAsync(await Speech.SayAsync("What are your opening hours on Monday?"));

        Assert.Equal(("ek_", "Be brief.", "realtime"), (result.GetProperty("secret").GetString(), result.GetProperty("instructions").GetString(), result.GetProperty("protocol").GetString()));
        Assert.InRange(result.GetProperty("lifetime").GetInt32(), 50, 60);
        Assert.Contains("monday", result.GetProperty("reply").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(result.GetProperty("refused").GetBoolean(), "the secret was good for a second session");
    }

    [Fact]
    public async Task The_agents_client_asks_aloud_and_keeps_both_sides()
    {
        var (result, _) = await new OfficialClient("agents.mjs", "spoken", new UriBuilder(platform.Url) { Scheme = "ws" }.Uri, platform.ApiKey)
            .RunAsync(await Speech.SayAsync("What are your opening hours on Monday?"));

        var history = result.GetProperty("history").EnumerateArray().Select(message => message.GetProperty("text").GetString()).ToArray();
        Assert.Equal(2, history.Length);
        Assert.All(history, text => Assert.Contains("monday", text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(0, result.GetProperty("failures").GetInt32());
    }

    [Fact]
    public async Task The_openai_client_transcribes_and_speaks_over_REST()
    {
        var (heard, _) = await new OfficialClient("openai-rest.mjs", "translations", platform.Url, platform.ApiKey).RunAsync(await Speech.SayAsync("What are your opening hours on Monday?"));
        var (spoken, _) = await new OfficialClient("openai-rest.mjs", "speech", platform.Url, platform.ApiKey).RunAsync();

        Assert.Contains("monday", heard.GetProperty("plain").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("audio/mpeg", spoken.GetProperty("byDefault").GetString());
        Assert.Equal("model_not_found", spoken.GetProperty("refused").GetProperty("code").GetString());
    }
}
