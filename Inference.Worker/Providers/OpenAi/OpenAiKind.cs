namespace Voice.Inference.Providers.OpenAi;

/// <summary>OpenAI's own service.</summary>
internal sealed class OpenAiKind(OpenAiProviders providers) : IProviderKind
{
    public const string KindName = "openai";

    public string Name => KindName;

    public IEnumerable<string> Check(ProviderSettings settings) => [.. OpenAiSettings.CheckOpenAi(settings), .. OpenAiSettings.CheckAny(settings), .. OpenAiHearing.Check(settings)];

    public Provider Create(string name, ProviderSettings settings) => providers.Create(name, Name, settings, OpenAiSettings.OpenAi(settings));
}
