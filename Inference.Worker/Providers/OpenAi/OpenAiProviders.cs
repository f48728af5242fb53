using Voice.Core.Providers.ChatCompletions;
using Voice.Inference.Translation;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>Makes the providers of the three kinds: the same adapters, at different addresses.</summary>
internal sealed class OpenAiProviders(ProviderHttp http, TimeProvider time)
{
    public Provider Create(string name, string kind, ProviderSettings settings, OpenAiEndpoint endpoint)
    {
        var chat = new OpenAiChatClient(http, endpoint, time);
        var isOpenAi = kind == OpenAiKind.KindName;
        var speech = OpenAiSpeech.Of(settings, isOpenAi);
        var provider = new Provider(name, kind)
        {
            Chat = chat,
            Forwarder = chat,
            Synthesizer = speech is null ? null : new OpenAiSynthesizer(http, endpoint, speech, time),
            Voices = speech is null || kind != OpenAiCompatibleKind.KindName
                ? null
                : new VoiceDirectory(cancellationToken => OpenAiVoices.ListAsync(http, endpoint, time, cancellationToken), time),
            Translator = new LanguageModelTranslator(chat, endpoint.Who, endpoint.Dialect == ChatCompletionsDialect.OpenAi ? null : 0),
            Capabilities =
            [
                new(Capability.Chat) { Streaming = true, Models = endpoint.KnownModels },
                new(Capability.Translation) { Languages = LanguageModelTranslator.Languages, Models = endpoint.KnownModels },
                .. speech is null ? [] : new[] { Speech(speech, kind != OpenAiCompatibleKind.KindName) },
            ],
            CheckAsync = cancellationToken => CheckAsync(endpoint, cancellationToken),
        };
        return Only(settings, OpenAiHearing.AddTo(provider, settings, endpoint, http, time));
    }

    private static ProviderCapability Speech(OpenAiSpeech speech, bool isOpenAi) => new(Capability.Speech)
    {
        Streaming = true,
        Instructions = speech.Instructions,
        Models = [speech.Model],
        Languages = isOpenAi ? OpenAiSpeech.Languages : [],
        Voices = isOpenAi ? OpenAiSpeech.Voices : [],
        // List prices, 2025; the newer models are priced by tokens of audio.
        Price = speech.Model switch
        {
            "tts-1" => new() { PerMillionCharacters = 15 },
            "tts-1-hd" => new() { PerMillionCharacters = 30 },
            _ => null,
        },
    };

    /// <summary>A server that only speaks is not to be asked for chat.</summary>
    private static Provider Only(ProviderSettings settings, Provider provider)
    {
        var served = OpenAiSettings.Served(settings);
        return served.Contains(Capability.Chat)
            ? provider
            : provider with
            {
                Chat = null,
                Forwarder = null,
                Translator = null,
                Capabilities = [.. provider.Capabilities.Where(capability => served.Contains(capability.Capability))],
            };
    }

    // The list of models costs nothing, and proves address and key.
    private async Task CheckAsync(OpenAiEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Get("models");
        using var response = await http.SendAsync(request, endpoint.Who, endpoint.Timeout, cancellationToken);
    }
}
