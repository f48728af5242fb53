using System.Text.Json;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.AzureTranslator;

/// <summary><c>POST /translate?api-version=3.0</c>. Thread-safe.</summary>
internal sealed class AzureTranslator(ProviderHttp http, ProviderSettings settings, TimeProvider time) : ITranslator
{
    private const string Who = "Azure Translator";
    private const int LongestText = 50_000;

    // Documented in "status and response codes": a language, or a pair of them, that it does not have.
    private static readonly int[] LanguageErrors = [400003, 400019, 400023, 400035, 400036, 400075, 400079];

    private static readonly Uri Global = new("https://api.cognitive.microsofttranslator.com");

    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken)
    {
        var (source, target) = (CodeOf(from), CodeOf(to));
        if (source == target || string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        if (text.Length > LongestText)
        {
            throw new ProviderException("provider_rejected", $"A text to translate has at most {LongestText} characters.");
        }

        using var request = Request($"&from={source}&to={target}", text);
        using var response = await http.SendAsync(request, Who, settings.Timeout, Explain, cancellationToken);
        using var silence = new SilenceLimit(settings.Timeout, time, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, silence.Token);
            return Parse(await response.Content.ReadAsByteArrayAsync(silence.Token));
        }
        catch (Exception failure) when (StreamFailures.Translate(failure, silence, Who) is { } known)
        {
            throw known;
        }
    }

    /// <summary>A word costs next to nothing, and the free list of languages asks for no key.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken) => await TranslateAsync("Hello", "en", "es", cancellationToken);

    // [{"translations":[{"text":"¿Dónde le duele?","to":"es"}]}]
    internal static string Parse(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement is { ValueKind: JsonValueKind.Array } answers && answers.GetArrayLength() == 1
                && answers[0] is { ValueKind: JsonValueKind.Object } one
                && one.TryGetProperty("translations", out var translations) && translations.ValueKind == JsonValueKind.Array && translations.GetArrayLength() == 1
                && translations[0] is { ValueKind: JsonValueKind.Object } translation
                && translation.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
            {
                return text.GetString()!;
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Unreadable(failure); // The latter is half of a surrogate pair.
        }

        throw Unreadable(null);
    }

    private const int LongestAnswer = 4 * 1024 * 1024;

    private static ProviderException Unreadable(Exception? failure) => new("provider_failed", $"What {Who} answered could not be read.", failure);

    private HttpRequestMessage Request(string query, string text)
    {
        // A resource's own host has a longer path than the service's: both are documented.
        var root = (settings.BaseUrl ?? Global).GetLeftPart(UriPartial.Path).TrimEnd('/');
        var path = root.Contains(".cognitiveservices.azure.", StringComparison.OrdinalIgnoreCase) ? "/translator/text/v3.0/translate" : "/translate";
        var request = new HttpRequestMessage(HttpMethod.Post, $"{root}{path}?api-version=3.0{query}") { Content = JsonContent.Create(new[] { new { Text = text } }, options: Json) };
        request.Headers.Add("Ocp-Apim-Subscription-Key", settings.ApiKey);
        if (!string.IsNullOrEmpty(settings.Region))
        {
            request.Headers.Add("Ocp-Apim-Subscription-Region", settings.Region);
        }

        return request;
    }

    // The field is documented as "Text", which the web defaults would write small.
    private static readonly JsonSerializerOptions Json = new();

    // {"error":{"code":400036,"message":"The target language is not valid."}}
    private static ProviderException? Explain(JsonElement body) =>
        body.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) && LanguageErrors.Contains(number)
            ? new ProviderException("unsupported_language", $"{Who} does not translate between these languages.")
            : null;

    private static string CodeOf(string tag) => AzureTranslatorLanguages.Find(tag) ?? throw new ProviderException(
        "unsupported_language", $"{Who} does not know the language '{tag[..Math.Min(tag.Length, 20)]}'. Known: {string.Join(", ", AzureTranslatorLanguages.All)}.");
}
