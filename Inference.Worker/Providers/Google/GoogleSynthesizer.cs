using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Core.Providers;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.Google;

/// <summary>Google's <c>text:synthesize</c>: a whole answer for each piece of text, which is WAV within JSON. Its stream is gRPC only.</summary>
internal sealed class GoogleSynthesizer(ProviderHttp http, TimeProvider time, ProviderSettings settings) : ISpeechSynthesizer
{
    public const string Who = "Google";

    /// <summary>The service takes 5,000.</summary>
    private const int LongestPiece = 4_800;
    private const int LongestAnswer = 64 * 1024 * 1024;
    private const double Slowest = 0.25;
    private const double Fastest = 2;

    private static readonly Uri PublicAddress = new("https://texttospeech.googleapis.com");

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SpeechLimits.Require(request, Who, ssml: true);
        if (request.IsSsml)
        {
            Ssml.Parse(request.Text);
        }

        // A document cannot be cut; one that is too long is the service's to refuse.
        foreach (var piece in request.IsSsml ? [request.Text] : TextPieces.Split(request.Text, LongestPiece))
        {
            foreach (var block in WavSpeech.Blocks(await SynthesizeAsync(request, piece, cancellationToken), Who))
            {
                yield return block;
            }
        }
    }

    public HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, $"{(settings.BaseUrl ?? PublicAddress).AbsoluteUri.TrimEnd('/')}/{path}") { Content = content };
        request.Headers.Add("x-goog-api-key", settings.ApiKey);
        return request;
    }

    // Of one language the list is short, costs nothing, and proves the key.
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, "v1/voices?languageCode=en-US");
        using var response = await http.SendAsync(request, Who, settings.Timeout, cancellationToken);
    }

    public async Task<IReadOnlyList<ProviderVoice>> ListVoicesAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, "v1/voices");
        using var list = await VoiceLists.FetchAsync(http, request, Who, settings.Timeout, time, cancellationToken);
        return ParseVoices(list.RootElement);
    }

    /// <summary><c>{"voices":[{"languageCodes":["en-US"],"name":"en-US-Neural2-A","ssmlGender":"MALE"}]}</c></summary>
    internal static IReadOnlyList<ProviderVoice> ParseVoices(JsonElement list)
    {
        var voices = new List<ProviderVoice>();
        foreach (var voice in VoiceLists.Items(list, "voices"))
        {
            var languages = VoiceLists.Items(voice, "languageCodes").Select(VoiceLists.Text).OfType<string>().ToList();
            if (VoiceLists.Text(voice, "name") is { } id && languages.Count > 0)
            {
                voices.Add(new ProviderVoice(id, id, languages, VoiceLists.Gender(VoiceLists.Text(voice, "ssmlGender"))));
            }
        }

        return voices;
    }

    /// <summary>The answer's WAV file: <c>{"audioContent":"…"}</c>.</summary>
    internal static byte[] Parse(ReadOnlySpan<byte> answer) =>
        ProviderBody.Parse(answer, GoogleSpeechWire.Default.GoogleSpeech, Who).AudioContent ?? throw ProviderBody.Unreadable(Who);

    private async Task<byte[]> SynthesizeAsync(SpeechRequest request, string piece, CancellationToken cancellationToken)
    {
        var language = Locales.Of(request.Language);
        var voice = request.Voice ?? (settings.Voice is { } usual && usual.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase) ? usual : null);
        var body = new GoogleSpeechRequest(
            request.IsSsml ? new(null, piece) : new(piece, null),
            new(LanguageOf(voice) ?? language, voice),
            new("LINEAR16", ISpeechSynthesizer.SampleRate, request.Speed == 1 ? null : Math.Clamp(request.Speed, Slowest, Fastest)));
        using var message = Request(HttpMethod.Post, "v1/text:synthesize", JsonContent.Create(body, GoogleSpeechWire.Default.GoogleSpeechRequest));
        using var response = await http.SendAsync(message, Who, settings.Timeout, cancellationToken);
        return Parse(await SpeechStreams.ReadWholeAsync(response, LongestAnswer, Who, settings.Timeout, time, cancellationToken));
    }

    // en-US-Neural2-A speaks en-US and nothing else.
    private static string? LanguageOf(string? voice) => voice?.Split('-') is [{ Length: 2 or 3 } language, { Length: 2 } region, ..] ? $"{language}-{region}" : null;
}

internal sealed record GoogleSpeechRequest(GoogleSpeechInput Input, GoogleSpeechVoice Voice, GoogleSpeechFormat AudioConfig);

internal sealed record GoogleSpeechInput(string? Text, string? Ssml);

internal sealed record GoogleSpeechVoice(string LanguageCode, string? Name);

internal sealed record GoogleSpeechFormat(string AudioEncoding, int SampleRateHertz, double? SpeakingRate);

internal sealed record GoogleSpeech(byte[]? AudioContent);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GoogleSpeechRequest))]
[JsonSerializable(typeof(GoogleSpeech))]
internal sealed partial class GoogleSpeechWire : JsonSerializerContext;
