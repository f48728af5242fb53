using Voice.Core.Providers;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

public sealed class AzureSpeechSocketConformanceTests : WarmSpeechConformance
{
    private protected override ISpeechService Service { get; } = new AzureSpeechService("websocket");
}

public sealed class AzureSpeechRestConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new AzureSpeechService("rest");

    [Fact]
    public async Task The_request_is_the_one_of_the_documents()
    {
        var request = await AskAsync(new SpeechRequest("Tom & \"Jerry\" <3", "en", Speed: 1.25));

        Assert.Equal("POST /cognitiveservices/v1", $"{request.Method} {request.Target}");
        Assert.Equal(ISpeechService.Key, request.Header("Ocp-Apim-Subscription-Key"));
        Assert.Equal("raw-24khz-16bit-mono-pcm", request.Header("X-Microsoft-OutputFormat"));
        Assert.Equal("application/ssml+xml", request.Header("Content-Type"));
        Assert.Equal(
            "<speak version='1.0' xmlns='http://www.w3.org/2001/10/synthesis' xml:lang='en-US'><voice name='en-US-AvaMultilingualNeural'><prosody rate='+25%'>Tom &amp; &quot;Jerry&quot; &lt;3</prosody></voice></speak>",
            request.Text);
    }

    [Theory]
    [InlineData("de", null, "de-DE-KatjaNeural")]
    [InlineData("de-AT", null, "de-AT-IngridNeural")]
    [InlineData("pt-XX", null, "pt-BR-FranciscaNeural")]
    [InlineData("tlh", "en-US-JennyNeural", "en-US-JennyNeural")]
    public async Task A_request_without_a_voice_gets_that_of_its_language(string language, string? voice, string expected) =>
        Assert.Contains($"<voice name='{expected}'>", (await AskAsync(new SpeechRequest("x", language, Voice: voice))).Text);

    [Fact]
    public async Task A_document_keeps_its_voices_and_gets_what_it_lacks()
    {
        var request = await AskAsync(new SpeechRequest("<speak>Hi <voice name='de-DE-KatjaNeural'>Hallo</voice></speak>", "en") { IsSsml = true });

        Assert.Equal(
            "<speak xmlns=\"http://www.w3.org/2001/10/synthesis\" version=\"1.0\" xml:lang=\"en-US\">Hi <voice name=\"de-DE-KatjaNeural\">Hallo</voice></speak>", request.Text);
    }
}
