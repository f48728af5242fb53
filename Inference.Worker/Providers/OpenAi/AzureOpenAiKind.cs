namespace Voice.Inference.Providers.OpenAi;

/// <summary>OpenAI's models in a resource of Azure, over the v1 API or, where <c>Options:ApiVersion</c> is set, the dated one with deployments.</summary>
internal sealed class AzureOpenAiKind(OpenAiProviders providers) : IProviderKind
{
    public string Name => "azure-openai";

    public IEnumerable<string> Check(ProviderSettings settings) => OpenAiSettings.CheckAzure(settings);

    public Provider Create(string name, ProviderSettings settings) => providers.Create(name, Name, settings, OpenAiSettings.Azure(settings));
}
