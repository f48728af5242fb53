namespace Voice.Inference.Providers.AzureTranslator;

/// <summary>Azure Translator, version 3 of its text API.</summary>
internal sealed class AzureTranslatorKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public string Name => "azure-translator";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: a key of the Translator resource.";
        }

        if (settings.BaseUrl is { } address && address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return "Providers:<name>:BaseUrl must be an absolute http or https URL such as https://my-resource.cognitiveservices.azure.com, or be left out for the global service.";
        }
    }

    public Provider Create(string name, ProviderSettings settings)
    {
        var translator = new AzureTranslator(http, settings, time);
        return new(name, Name)
        {
            Translator = translator,
            Capabilities = [new(Capability.Translation) { Languages = AzureTranslatorLanguages.All }],
            CheckAsync = translator.CheckAsync,
        };
    }
}
