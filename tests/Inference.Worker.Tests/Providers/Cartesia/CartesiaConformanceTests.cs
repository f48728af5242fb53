using System.Text.Json.Nodes;
using Voice.Core.Providers;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Cartesia;

public sealed class CartesiaSocketConformanceTests : WarmSpeechConformance
{
    private protected override ISpeechService Service { get; } = new CartesiaService("websocket");
}

public sealed class CartesiaBytesConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new CartesiaService("bytes");

    [Fact]
    public async Task The_request_is_the_one_of_the_documents()
    {
        var request = await AskAsync(new SpeechRequest("Guten Tag.", "de-DE", Model: "sonic-latest", Speed: 2));

        Assert.Equal("POST /tts/bytes", $"{request.Method} {request.Target}");
        Assert.Equal($"Bearer {ISpeechService.Key}", request.Header("Authorization"));
        Assert.Equal("2026-08-14", request.Header("Cartesia-Version"));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {"model_id":"sonic-latest","transcript":"Guten Tag.","voice":{"id":"v-usual"},
                     "output_format":{"container":"raw","encoding":"pcm_s16le","sample_rate":24000},"language":"de","generation_config":{"speed":1.5}}
                    """),
                JsonNode.Parse(request.Text)),
            request.Text);
    }
}
