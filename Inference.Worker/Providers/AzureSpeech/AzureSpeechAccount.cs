namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>A Speech resource, in the cloud or a container of the operator's.</summary>
/// <param name="Live">ws or wss.</param>
/// <param name="Rest">Where recordings go; null for containers, which take none.</param>
/// <param name="Key">Null for containers that want none.</param>
internal sealed record AzureSpeechAccount(Uri Live, Uri? Rest, string? Key, TimeSpan Timeout)
{
    public const string Who = AzureSynthesisAccount.Who;
    public const string Container = "Container";
    public const string EndpointOption = "EndpointId";

    /// <summary>The first protocol puts the mode into the address, the second into a message.</summary>
    public bool IsFirstProtocol { get; init; }

    /// <summary>Of a model trained by the operator.</summary>
    public string? EndpointId { get; init; }

    public static bool IsContainer(ProviderSettings settings) => settings.Options.GetValueOrDefault(Container) == "true";

    public static AzureSpeechAccount From(ProviderSettings settings)
    {
        const string second = "stt/speech/universal/v2", first = "speech/recognition/conversation/cognitiveservices/v1";
        var container = IsContainer(settings);
        var own = settings.BaseUrl is { } url ? new Uri(url.AbsoluteUri.TrimEnd('/') + "/") : null;
        var live = own ?? new Uri($"wss://{settings.Region}.stt.speech{Suffix(settings)}/");
        var rest = container ? null : own ?? new Uri($"https://{settings.Region}.api.cognitive{Suffix(settings)}/");
        return new(new Uri(live, container ? first : second), rest, settings.ApiKey, settings.Timeout)
        {
            IsFirstProtocol = container,
            EndpointId = settings.Options.GetValueOrDefault(EndpointOption),
        };
    }

    public IEnumerable<KeyValuePair<string, string>> Authorization() =>
        string.IsNullOrEmpty(Key) ? [] : [new("Ocp-Apim-Subscription-Key", Key)];

    public HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Rest!, path)) { Content = content };
        foreach (var (name, value) in Authorization())
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string Suffix(ProviderSettings settings) => AzureSynthesisAccount.Suffix(settings.Region ?? "");
}
