using Voice.Core.Providers;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Deepgram;

public sealed class DeepgramSpeechConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new DeepgramSpeechService();

    [Theory]
    [InlineData("en-GB", null, 1, "model=aura-2-thalia-en&encoding=linear16&sample_rate=24000")]
    [InlineData("de", null, 3, "model=aura-2-viktoria-de&encoding=linear16&sample_rate=24000&speed=1.5")]
    [InlineData("tlh", "aura-2-other-tlh", 1, "model=aura-2-other-tlh&encoding=linear16&sample_rate=24000")]
    public async Task The_address_is_the_one_of_the_documents(string language, string? voice, double speed, string query)
    {
        var request = await AskAsync(new SpeechRequest("x", language, Voice: voice, Speed: speed));

        Assert.Equal("/v1/speak?" + query, request.Target);
        Assert.Equal($"Token {ISpeechService.Key}", request.Header("Authorization"));
    }
}
