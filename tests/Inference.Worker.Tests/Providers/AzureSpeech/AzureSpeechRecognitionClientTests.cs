using System.Text.Json;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

/// <summary>Microsoft's own client against the server that these tests play: what the adapter is tested with is what a real client is content with.</summary>
public sealed class AzureSpeechRecognitionClientTests : IAsyncLifetime
{
    private const string Key = "key-of-the-operator";

    private ProviderServer _server = null!;
    private AzureSpeechLine? _line;
    private byte[] _heard = [];

    public async Task InitializeAsync() => _server = await ProviderServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Hypotheses_and_phrases_reach_the_official_client()
    {
        Serve(async line =>
        {
            await line.HeardAsync();
            await line.PartialAsync("what");
            await line.PartialAsync("what time");
            _heard = await line.UtteranceAsync();
            await line.PhraseAsync("What time is it?", 1_000_000);
            await line.PhraseAsync("Tell me.", 30_000_000);
            await line.EndAsync();
        });

        var result = await RunAsync("recognize");
        Assert.Equal(["what", "what time"], result.GetProperty("hypotheses").EnumerateArray().Select(text => text.GetString()!));
        var phrases = result.GetProperty("phrases").EnumerateArray().Where(phrase => phrase.GetProperty("reason").GetString() == "RecognizedSpeech").ToList();
        Assert.Equal(["What time is it?", "Tell me."], phrases.Select(phrase => phrase.GetProperty("text").GetString()!));
        Assert.Equal(1_000_000, phrases[0].GetProperty("offset").GetInt64());
        Assert.Equal(0.9, phrases[0].GetProperty("confidence").GetDouble());

        // All sound arrived, and what is asked is where the adapter puts it.
        Assert.Equal(Spoken.Noise(1).Length * 3 / 2, _heard.Length);
        var context = _line!.Said.First(said => said.Contains("Path: speech.context"));
        Assert.Contains("Riverside Clinic", context);
        Assert.Contains("\"language\":\"de-DE\"", context);
        Assert.Contains("language=de-DE", _line.Request.Target);
        Assert.Equal(Key, _line.Request.Header("Ocp-Apim-Subscription-Key"));
    }

    [Fact]
    public async Task A_single_phrase_reaches_the_official_client()
    {
        Serve(async line =>
        {
            await line.UtteranceAsync();
            await line.FinalAsync("Just once.");
        });

        Assert.Equal("Just once.", (await RunAsync("once")).GetProperty("phrases")[0].GetProperty("text").GetString());
    }

    private void Serve(Func<AzureSpeechLine, Task> script) => _server.Talk = async (socket, request, cancellationToken) =>
    {
        _line = new AzureSpeechLine(socket, request, cancellationToken);
        await script(_line);
        await _line.GoodbyeAsync();
    };

    private async Task<JsonElement> RunAsync(string scenario)
    {
        var address = new UriBuilder(_server.Address) { Scheme = "ws" }.Uri;
        var (result, _) = await new OfficialClient("azure-recognition.mjs", scenario, address, Key).RunAsync(Spoken.Noise(1));
        return result;
    }
}
