using Voice.Core.Providers;
using Voice.Core.Simulation;
using Voice.Inference.Chat;
using Voice.Inference.Providers;
using Voice.Inference.Speech;
using Voice.Inference.Transcription;
using Voice.Inference.Translation;

namespace Voice.Inference.Engines;

/// <summary>What comes with the program, in the shape of every other provider. In this order they are taken where nothing is configured.</summary>
internal sealed class EmbeddedProviders(
    SphinxTranscriber sphinx,
    SimulatedTranscriber simulatedTranscriber,
    ExtractiveChatClient extractive,
    SimulatedChatClient simulatedChat,
    EmbeddedSynthesizer embedded,
    FliteSynthesizer flite,
    EspeakSynthesizer espeak,
    SimulatedSynthesizer simulatedSpeech,
    EmbeddedTranslator translator)
{
    private static readonly ProviderPrice Free = new();

    public IEnumerable<Provider> Create() =>
    [
        new(ProviderNames.PocketSphinx, ProviderNames.Embedded)
        {
            IsLocal = true,
            LiveTranscriber = sphinx,
            Capabilities = [new(Capability.Transcription) { Streaming = true, Languages = ["en"], Models = [SphinxTranscriber.ModelName], WordTimes = true, Price = Free }],
            CheckAsync = HearAsync,
        },
        new(ProviderNames.Extractive, ProviderNames.Embedded)
        {
            IsLocal = true,
            Chat = extractive,
            Capabilities = [new(Capability.Chat) { Streaming = true, Models = [ExtractiveChatClient.ModelName], Price = Free }],
            CheckAsync = _ => Task.CompletedTask,
        },
        Speech(ProviderNames.Embedded, EmbeddedSynthesizer.ModelName, embedded, ["en", .. EspeakVoices.Languages], EmbeddedSynthesizer.Voices, ssml: true),
        Speech(ProviderNames.Flite, FliteSynthesizer.ModelName, flite, ["en"], [FliteSynthesizer.Voice]),
        Speech(ProviderNames.Espeak, EspeakSynthesizer.ModelName, espeak, EspeakVoices.Languages, EspeakVoices.All, ssml: true),
        new(ProviderNames.Apertium, ProviderNames.Embedded)
        {
            IsLocal = true,
            Translator = translator,
            Capabilities = [new(Capability.Translation) { Languages = ["en", "es"], Models = [EmbeddedTranslator.ModelName], Price = Free }],
            CheckAsync = async cancellationToken => await translator.TranslateAsync("Good morning.", "en", "es", cancellationToken),
        },
        new(ProviderNames.Simulated, ProviderNames.Simulated)
        {
            IsLocal = true,
            LiveTranscriber = simulatedTranscriber,
            Chat = simulatedChat,
            Synthesizer = simulatedSpeech,
            Capabilities =
            [
                .. new[] { Capability.Transcription, Capability.Chat, Capability.Speech }
                    .Select(capability => new ProviderCapability(capability) { Streaming = true, Models = [ProviderNames.Simulated], Price = Free }),
            ],
            CheckAsync = _ => Task.CompletedTask,
        },
    ];

    private static Provider Speech(
        string name, string model, ISpeechSynthesizer synthesizer, IReadOnlyList<string> languages, IReadOnlyList<ProviderVoice> voices, bool ssml = false) => new(name, ProviderNames.Embedded)
    {
        IsLocal = true,
        Synthesizer = synthesizer,
        Capabilities = [new(Capability.Speech) { Streaming = true, Languages = languages, Voices = voices, Ssml = ssml, Models = [model], Price = Free }],
        CheckAsync = async cancellationToken =>
        {
            await foreach (var _ in synthesizer.SynthesizeAsync(new SpeechRequest("Yes.", languages[0]), cancellationToken))
            {
                return;
            }
        },
    };

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        await using var stream = await sphinx.StartAsync(new TranscriptionOptions(null, "en", null), cancellationToken);
    }
}
