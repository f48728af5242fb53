namespace Voice.Inference.Providers.Deepgram;

/// <summary>Where Deepgram is and how it knows us.</summary>
internal sealed record DeepgramAccount(Uri BaseUrl, string Key, TimeSpan Timeout)
{
    public const string Who = "Deepgram";

    public static readonly Uri PublicAddress = new("https://api.deepgram.com");

    public static DeepgramAccount From(ProviderSettings settings) => new(settings.BaseUrl ?? PublicAddress, settings.ApiKey!, settings.Timeout);

    public KeyValuePair<string, string> Authorization => new("Authorization", $"Token {Key}");

    public Uri Address(string path, IEnumerable<KeyValuePair<string, string>> query) => new(
        $"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{path}?{string.Join('&', query.Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value)}"))}");

    public HttpRequestMessage Request(HttpMethod method, Uri address, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.TryAddWithoutValidation(Authorization.Key, Authorization.Value);
        return request;
    }
}
