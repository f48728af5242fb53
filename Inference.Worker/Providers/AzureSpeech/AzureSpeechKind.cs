namespace Voice.Inference.Providers.AzureSpeech;

/// <summary><c>azure-speech</c>.</summary>
internal sealed class AzureSpeechKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public string Name => "azure-speech";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: a key of the Speech resource.";
        }

        if (settings.BaseUrl is null ? !IsRegion(settings.Region) : settings.BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" or "ws" or "wss" })
        {
            yield return "Providers:<name>:Region is required, such as westeurope, or Providers:<name>:BaseUrl, the http or https URL of a resource or a container.";
        }

        if (settings.Options.GetValueOrDefault(AzureSpeechSynthesizer.Transport) is not (null or "websocket" or AzureSpeechSynthesizer.Rest))
        {
            yield return $"Providers:<name>:Options:{AzureSpeechSynthesizer.Transport} must be websocket or rest.";
        }
    }

    public Provider Create(string name, ProviderSettings settings)
    {
        var account = new AzureSynthesisAccount(http, time, settings);
        return new Provider(name, Name)
        {
            Synthesizer = new AzureSpeechSynthesizer(account, settings),
            Capabilities =
            [
                new ProviderCapability(Capability.Speech)
                {
                    Streaming = true,
                    Ssml = true,
                    Languages = AzureVoices.Languages,
                },
            ],
            Voices = new VoiceDirectory(account.ListVoicesAsync, time),
            CheckAsync = account.CheckAsync,
        };
    }

    private static bool IsRegion(string? region) => region is { Length: > 0 and <= 40 } && region.All(char.IsAsciiLetterOrDigit);
}
