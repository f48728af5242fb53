using System.Text.Json.Nodes;
using Voice.Core.Providers;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Google;

public sealed class GoogleSpeechConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new GoogleSpeechService();

    [Theory]
    [InlineData("de", null, """{"languageCode":"de-DE"}""")]
    [InlineData("de", "en-GB-Neural2-A", """{"languageCode":"en-GB","name":"en-GB-Neural2-A"}""")]
    public async Task The_request_is_the_one_of_the_documents(string language, string? voice, string expected)
    {
        var request = await AskAsync(new SpeechRequest("Guten Tag.", language, Voice: voice, Speed: 3));

        Assert.Equal("POST /v1/text:synthesize", $"{request.Method} {request.Target}");
        Assert.Equal(ISpeechService.Key, request.Header("x-goog-api-key"));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    $$$"""{"input":{"text":"Guten Tag."},"voice":{{{expected}}},"audioConfig":{"audioEncoding":"LINEAR16","sampleRateHertz":24000,"speakingRate":2}}"""),
                JsonNode.Parse(request.Text)),
            request.Text);
    }
}
