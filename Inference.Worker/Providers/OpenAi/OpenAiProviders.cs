using Voice.Core.Providers.ChatCompletions;
using Voice.Inference.Translation;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>Makes the providers of the three kinds: the same adapters, at different addresses.</summary>
internal sealed class OpenAiProviders(ProviderHttp http, TimeProvider time)
{
    public Provider Create(string name, string kind, ProviderSettings settings, OpenAiEndpoint endpoint)
    {
        var chat = new OpenAiChatClient(http, endpoint, time);
        return new(name, kind)
        {
            Chat = chat,
            Forwarder = chat,
            Translator = new LanguageModelTranslator(chat, endpoint.Who, endpoint.Dialect == ChatCompletionsDialect.OpenAi ? null : 0),
            Capabilities =
            [
                new(Capability.Chat) { Streaming = true, Models = endpoint.KnownModels },
                new(Capability.Translation) { Languages = LanguageModelTranslator.Languages, Models = endpoint.KnownModels },
            ],
            CheckAsync = cancellationToken => CheckAsync(endpoint, cancellationToken),
        };
    }

    // The list of models costs nothing, and proves address and key.
    private async Task CheckAsync(OpenAiEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Get("models");
        using var response = await http.SendAsync(request, endpoint.Who, endpoint.Timeout, cancellationToken);
    }
}
