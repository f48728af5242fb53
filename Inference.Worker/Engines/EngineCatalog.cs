using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.Core.Simulation;
using Voice.Inference.Chat;
using Voice.Inference.Speech;
using Voice.Inference.Transcription;
using Voice.Inference.Translation;
using Voice.Inference.Upstream;

namespace Voice.Inference.Engines;

/// <summary>Model names to engines: a name of ours is that engine, no name or <c>default</c> is what configuration says.</summary>
internal sealed class EngineCatalog(
    IOptions<EngineOptions> options,
    SphinxTranscriber sphinx,
    SimulatedTranscriber simulatedTranscriber,
    OpenAiTranscriber openAiTranscriber,
    ExtractiveChatClient extractive,
    SimulatedChatClient simulatedChat,
    EmbeddedSynthesizer embeddedSpeech,
    FliteSynthesizer flite,
    EspeakSynthesizer espeak,
    SimulatedSynthesizer simulatedSpeech,
    OpenAiSynthesizer openAiSpeech,
    EmbeddedTranslator translator)
{
    public const string Simulated = "simulated";
    private const string Default = "default";

    private readonly EngineOptions _options = options.Value;

    public EngineRoute<ILiveTranscriber> Transcriber(string? model) => Route<ILiveTranscriber>(
        "transcription", model, _options.Transcription, openAiTranscriber, SphinxTranscriber.ModelName,
        new() { [SphinxTranscriber.ModelName] = sphinx, [Simulated] = simulatedTranscriber });

    /// <summary>Where <see cref="EngineRoute{T}.UpstreamModel"/> is set the request is forwarded whole, and the engine is not asked.</summary>
    public EngineRoute<IChatClient> Chat(string? model) => Route<IChatClient>(
        "chat", model, _options.Chat, extractive, ExtractiveChatClient.ModelName,
        new() { [ExtractiveChatClient.ModelName] = extractive, [Simulated] = simulatedChat });

    public EngineRoute<ISpeechSynthesizer> Speech(string? model) => Route<ISpeechSynthesizer>(
        "speech", model, _options.Speech, openAiSpeech, EmbeddedSynthesizer.ModelName,
        new()
        {
            [EmbeddedSynthesizer.ModelName] = embeddedSpeech,
            [FliteSynthesizer.ModelName] = flite,
            [EspeakSynthesizer.ModelName] = espeak,
            [Simulated] = simulatedSpeech,
        });

    public EngineRoute<ITranslator> Translator(string? model) => Route<ITranslator>(
        "translation", model, new CapabilityOptions(), null, EmbeddedTranslator.ModelName, new() { [EmbeddedTranslator.ModelName] = translator });

    /// <summary>Every name that some endpoint accepts.</summary>
    public IReadOnlyList<string> Names() =>
    [
        SphinxTranscriber.ModelName, ExtractiveChatClient.ModelName, FliteSynthesizer.ModelName, EspeakSynthesizer.ModelName,
        EmbeddedTranslator.ModelName, Simulated, .. UpstreamNames().Distinct(),
    ];

    private IEnumerable<string> UpstreamNames() =>
        from capability in new[] { _options.Transcription, _options.Chat, _options.Speech }
        where capability.Engine == CapabilityOptions.OpenAi
        from name in capability.Models.Keys.Prepend(capability.Model!)
        select name;

    private static EngineRoute<TEngine> Route<TEngine>(
        string capability, string? model, CapabilityOptions options, TEngine? upstream, string embedded, Dictionary<string, TEngine> ours)
        where TEngine : class
    {
        var unnamed = string.IsNullOrEmpty(model) || model == Default;
        var name = unnamed ? (options.Engine == CapabilityOptions.Simulated ? Simulated : embedded) : model!;
        if (options.Engine == CapabilityOptions.OpenAi && upstream is not null)
        {
            if (unnamed)
            {
                return new(upstream, options.Model!, options.Model);
            }

            if (options.Models.GetValueOrDefault(name) is { } mapped)
            {
                return new(upstream, name, mapped);
            }

            if (!ours.ContainsKey(name))
            {
                return new(upstream, name, name);
            }
        }

        return ours.TryGetValue(name, out var engine) ? new(engine, name) : throw new ModelNotFoundException(capability, ours.Keys);
    }
}
