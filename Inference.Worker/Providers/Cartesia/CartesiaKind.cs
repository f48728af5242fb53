namespace Voice.Inference.Providers.Cartesia;

/// <summary><c>cartesia</c>.</summary>
internal sealed class CartesiaKind(ProviderHttp http, TimeProvider time) : IProviderKind
{
    public const string DefaultModel = "sonic-3";

    public string Name => "cartesia";

    public IEnumerable<string> Check(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: a key of Cartesia.";
        }

        if (string.IsNullOrWhiteSpace(settings.Voice))
        {
            yield return "Providers:<name>:Voice is required: the id of the voice for requests that name none.";
        }

        if (settings.BaseUrl is { } address && address is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return "Providers:<name>:BaseUrl must be an absolute http or https URL, or be left out for Cartesia's own.";
        }

        if (settings.Options.GetValueOrDefault(CartesiaSynthesizer.Transport) is not (null or "websocket" or CartesiaSynthesizer.Bytes))
        {
            yield return $"Providers:<name>:Options:{CartesiaSynthesizer.Transport} must be websocket or bytes.";
        }
    }

    public Provider Create(string name, ProviderSettings settings)
    {
        var account = new CartesiaAccount(http, time, settings);
        return new Provider(name, Name)
        {
            Synthesizer = new CartesiaSynthesizer(account, settings),
            Capabilities =
            [
                new ProviderCapability(Capability.Speech)
                {
                    Streaming = true,
                    Languages = CartesiaSynthesizer.Languages,
                    Models = [.. settings.Models.Keys.Prepend(settings.Model ?? DefaultModel).Distinct()],
                },
            ],
            Voices = new VoiceDirectory(account.ListVoicesAsync, time),
            CheckAsync = account.CheckAsync,
        };
    }
}
