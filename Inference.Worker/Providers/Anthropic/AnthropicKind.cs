using Voice.Inference.Translation;

namespace Voice.Inference.Providers.Anthropic;

/// <summary>Anthropic's models, through its own package.</summary>
internal sealed class AnthropicKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public const string MaxOutputTokens = "MaxOutputTokens";

    private const string Who = "Anthropic";

    public string Name => "anthropic";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: a key of Anthropic's platform.";
        }

        if (string.IsNullOrWhiteSpace(settings.Model))
        {
            yield return "Providers:<name>:Model is required: the model for requests that name none.";
        }

        if (settings.BaseUrl is { } address && address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return "Providers:<name>:BaseUrl must be an absolute http or https URL, or be left out for Anthropic's own.";
        }

        if (settings.Options.GetValueOrDefault(MaxOutputTokens) is { } most && !(int.TryParse(most, out var tokens) && tokens is >= 1 and <= 1_000_000))
        {
            yield return $"Providers:<name>:Options:{MaxOutputTokens} must be a number between 1 and 1000000, or be left out.";
        }
    }

    public Provider Create(string name, ProviderSettings settings)
    {
        var chat = new AnthropicChatClient(http, Who, settings, time);
        IReadOnlyList<string> models = [.. settings.Models.Keys.Append(settings.Model!).Distinct()];
        return new(name, Name)
        {
            Chat = chat,
            Translator = new LanguageModelTranslator(chat, Who),
            Capabilities =
            [
                new(Capability.Chat) { Streaming = true, Models = models },
                new(Capability.Translation) { Languages = LanguageModelTranslator.Languages, Models = models },
            ],
            CheckAsync = chat.CheckAsync,
        };
    }
}
