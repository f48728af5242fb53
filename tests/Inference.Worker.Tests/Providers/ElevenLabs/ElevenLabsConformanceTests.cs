using System.Text.Json.Nodes;
using Voice.Core.Providers;
using Voice.Inference.Providers;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.ElevenLabs;

public sealed class ElevenLabsConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new ElevenLabsService();

    [Fact]
    public async Task The_request_is_the_one_of_the_documents()
    {
        var request = await AskAsync(new SpeechRequest("Guten Tag.", "de-DE", Voice: "v-one", Speed: 1.1));

        Assert.Equal("POST /v1/text-to-speech/v-one/stream?output_format=pcm_24000", $"{request.Method} {request.Target}");
        Assert.Equal(ISpeechService.Key, request.Header("xi-api-key"));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"text":"Guten Tag.","model_id":"eleven_flash_v2_5","language_code":"de","voice_settings":{"speed":1.1}}"""), JsonNode.Parse(request.Text)), request.Text);
    }

    [Fact]
    public async Task A_model_that_finds_the_language_out_is_not_told_it()
    {
        var request = await AskAsync(new SpeechRequest("Guten Tag.", "de-DE", Model: "eleven_multilingual_v2", Speed: 4));

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"text":"Guten Tag.","model_id":"eleven_multilingual_v2","voice_settings":{"speed":1.2}}"""), JsonNode.Parse(request.Text)), request.Text);
        Assert.Contains("/JBFqnCBsd6RMkjVDRZzb/", request.Target);
    }
}
