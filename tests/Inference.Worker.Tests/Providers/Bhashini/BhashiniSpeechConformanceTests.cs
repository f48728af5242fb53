using System.Text.Json.Nodes;
using Voice.Core.Providers;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Bhashini;

public sealed class BhashiniSpeechConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new BhashiniSpeechService(direct: false);
}

public sealed class DhruvaSpeechConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new BhashiniSpeechService(direct: true);

    [Fact]
    public async Task The_request_is_the_one_of_the_documents()
    {
        var request = await AskAsync(new SpeechRequest("नमस्ते", "hi-IN", Voice: "male"));

        Assert.Equal("POST /services/inference/pipeline", $"{request.Method} {request.Target}");
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {"pipelineTasks":[{"taskType":"tts","config":{"gender":"male","samplingRate":24000,"audioFormat":"wav","language":{"sourceLanguage":"hi"}}}],
                     "inputData":{"input":[{"source":"नमस्ते"}]}}
                    """),
                JsonNode.Parse(request.Text)),
            request.Text);
    }

    [Fact]
    public async Task A_voice_that_it_has_not_is_refused_with_those_that_it_has()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(new SpeechRequest("x", "hi", Voice: "alloy")));

        Assert.Equal("unsupported_value", failure.Code);
        Assert.Contains("female and male", failure.Message);
    }
}
