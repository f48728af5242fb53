namespace Voice.Inference.Providers.OpenAi;

/// <summary>OpenAI's models in a resource of Azure, over the v1 API or, where <c>Options:ApiVersion</c> is set, the dated one with deployments.</summary>
internal sealed class AzureOpenAiKind(OpenAiProviders providers) : IProviderKind
{
    public const string KindName = "azure-openai";

    public string Name => KindName;

    public IEnumerable<string> Check(ProviderSettings settings) => [.. OpenAiSettings.CheckAzure(settings), .. OpenAiSettings.CheckAny(settings), .. OpenAiHearing.Check(settings)];

    public Provider Create(string name, ProviderSettings settings) => providers.Create(name, Name, settings, OpenAiSettings.Azure(settings));
}
