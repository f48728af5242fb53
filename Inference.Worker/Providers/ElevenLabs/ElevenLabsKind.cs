namespace Voice.Inference.Providers.ElevenLabs;

internal sealed class ElevenLabsKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public const string DefaultModel = "eleven_flash_v2_5";

    private static readonly Uri PublicAddress = new("https://api.elevenlabs.io");

    public string Name => "elevenlabs";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: a key of ElevenLabs.";
        }

        if (string.IsNullOrWhiteSpace(settings.Voice))
        {
            yield return "Providers:<name>:Voice is required: the id of the voice for requests that name none.";
        }

        if (settings.BaseUrl is { } address && address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return "Providers:<name>:BaseUrl must be an absolute http or https URL such as https://api.eu.residency.elevenlabs.io, or be left out.";
        }
    }

    public Provider Create(string name, ProviderSettings settings)
    {
        var account = new ElevenLabsAccount(http, time, settings.BaseUrl ?? PublicAddress, settings.ApiKey!, settings.Timeout);
        return new Provider(name, Name)
        {
            Synthesizer = new ElevenLabsSynthesizer(account, settings),
            Capabilities =
            [
                new ProviderCapability(Capability.Speech)
                {
                    Streaming = true,
                    Languages = ElevenLabsSynthesizer.Languages,
                    Models = [settings.Model ?? DefaultModel, .. settings.Models.Keys],
                },
            ],
            Voices = new VoiceDirectory(account.ListVoicesAsync, time),
            CheckAsync = account.CheckAsync,
        };
    }
}
