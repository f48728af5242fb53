namespace Voice.Inference.Providers.OpenAi;

/// <summary>OpenAI's own service.</summary>
internal sealed class OpenAiKind(OpenAiProviders providers) : IProviderKind
{
    public string Name => "openai";

    public IEnumerable<string> Check(ProviderSettings settings) => OpenAiSettings.CheckOpenAi(settings);

    public Provider Create(string name, ProviderSettings settings) => providers.Create(name, Name, settings, OpenAiSettings.OpenAi(settings));
}
