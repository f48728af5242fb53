using Microsoft.Extensions.Configuration;
using Voice.Inference.Engines;

namespace Voice.Inference.Tests;

public sealed class OpenAiConnectionTests
{
    private const string Connection = "Endpoint=https://models.example/v1;Key=sk-1;Model=chatty";

    [Fact]
    public void A_model_in_the_connection_string_answers_chats_and_nothing_else()
    {
        var options = Configured(("ConnectionStrings:openai", Connection));

        Assert.Equal(("openai", "https://models.example/v1", "sk-1", "chatty"), Of(options.Chat));
        Assert.Equal(("embedded", null, null, null), Of(options.Speech));
        Assert.Equal(("embedded", null, null, null), Of(options.Transcription));
    }

    [Fact]
    public void Each_capability_has_a_model_of_its_own()
    {
        var options = Configured(("ConnectionStrings:openai", Connection + ";TranscriptionModel=ears;SpeechModel=mouth"));

        Assert.Equal(("openai", "https://models.example/v1", "sk-1", "ears"), Of(options.Transcription));
        Assert.Equal(("openai", "https://models.example/v1", "sk-1", "mouth"), Of(options.Speech));
    }

    [Fact]
    public void What_is_configured_for_a_capability_wins_and_the_key_goes_to_no_other_address()
    {
        var options = Configured(
            ("ConnectionStrings:openai", Connection + ";SpeechModel=mouth"), ("Engines:Chat:Engine", "openai"), ("Engines:Chat:BaseUrl", "https://own.example/v1"),
            ("Engines:Chat:Model", "own"), ("Engines:Speech:Engine", "embedded"), ("Engines:Transcription:Engine", "openai"), ("Engines:Transcription:Model", "own-ears"));

        Assert.Equal(("openai", "https://own.example/v1", null, "own"), Of(options.Chat));
        Assert.Equal("embedded", options.Speech.Engine);
        Assert.Equal(("openai", "https://models.example/v1", "sk-1", "own-ears"), Of(options.Transcription));
    }

    [Fact]
    public void Without_it_nothing_changes() => Assert.Equal(("embedded", null, null, null), Of(Configured().Chat));

    private static (string, string?, string?, string?) Of(CapabilityOptions options) => (options.Engine, options.BaseUrl?.ToString(), options.ApiKey, options.Model);

    private static EngineOptions Configured(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        var options = new EngineOptions();
        configuration.GetSection(EngineOptions.Section).Bind(options);
        new OpenAiConnection(configuration).PostConfigure(null, options);
        return options;
    }
}
