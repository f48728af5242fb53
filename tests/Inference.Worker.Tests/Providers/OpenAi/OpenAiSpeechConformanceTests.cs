using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Core.Providers;
using Voice.Inference.Providers;
using Voice.Inference.Providers.OpenAi;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.OpenAi;

public sealed class OpenAiSpeechConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new OpenAiSpeechService("openai");

    [Fact]
    public async Task The_request_is_the_one_of_the_documents()
    {
        var request = await AskAsync(new SpeechRequest("Guten Tag.", "de-DE", Voice: "nova", Speed: 1.5) { Instructions = "calm" });

        Assert.Equal("POST /v1/audio/speech", $"{request.Method} {request.Target}");
        Assert.Equal($"Bearer {ISpeechService.Key}", request.Header("Authorization"));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{"model":"gpt-4o-mini-tts","input":"Guten Tag.","voice":"nova","response_format":"pcm","speed":1.5,"instructions":"calm"}"""),
                JsonNode.Parse(request.Text)),
            request.Text);
    }

    [Fact]
    public async Task Models_that_drop_instructions_are_not_given_any()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(new SpeechRequest("x", "en", Model: "tts-1-hd") { Instructions = "calm" }));

        Assert.Equal("unsupported_value", failure.Code);
    }
}

public sealed class OpenAiSpeechEventsConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new OpenAiSpeechService("openai", events: true);
}

public sealed class AzureOpenAiSpeechConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new OpenAiSpeechService("azure-openai");

    [Fact]
    public async Task The_deployment_is_a_part_of_the_address()
    {
        var request = await AskAsync(new SpeechRequest("x", "en"));

        Assert.Equal("/openai/deployments/gpt-voice/audio/speech?api-version=2025-03-01-preview", request.Target);
        Assert.Equal(ISpeechService.Key, request.Header("api-key"));
    }
}

public sealed class CompatibleSpeechConformanceTests : SpeechConformance
{
    private protected override ISpeechService Service { get; } = new OpenAiSpeechService("openai-compatible");

    [Fact]
    public void Kokoro_writes_language_and_gender_into_names()
    {
        using var list = JsonDocument.Parse("""{"voices":["af_bella","bm_george","jf_alpha","custom"]}""");

        Assert.Equal(
            [("af_bella", "en-US", "female"), ("bm_george", "en-GB", "male"), ("jf_alpha", "ja", "female"), ("custom", "en", null)],
            OpenAiVoices.Parse(list.RootElement).Select(voice => (voice.Id, voice.Languages[0], voice.Gender)));
    }

    [Fact]
    public void A_server_that_only_speaks_is_not_asked_for_chat()
    {
        using var clients = new OneClient();
        var service = new OpenAiSpeechService("openai-compatible");
        var provider = service.Kind(new ProviderHttp(clients, TimeProvider.System), TimeProvider.System).Create("p", service.Settings(new Uri("http://127.0.0.1:1")));

        Assert.Equal([Capability.Speech], provider.Capabilities.Select(capability => capability.Capability));
        Assert.Null(provider.Chat);
        Assert.Null(provider.Forwarder);
        Assert.Null(provider.Translator);
    }

    [Theory]
    [InlineData("SpeechSampleRate", "fast")]
    [InlineData("SpeechEvents", "yes")]
    [InlineData("Serves", "speech, dance")]
    public void An_option_that_makes_no_sense_is_named(string option, string value)
    {
        using var clients = new OneClient();
        var service = new OpenAiSpeechService("openai-compatible");
        var settings = service.Settings(new Uri("http://127.0.0.1:1"));
        settings.Options[option] = value;

        Assert.Contains($"Options:{option}", Assert.Single(service.Kind(new ProviderHttp(clients, TimeProvider.System), TimeProvider.System).Check(settings)));
    }
}
