using Voice.Inference.Transcription;
using Voice.Inference.Transcription.Live;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>Transcription by servers of OpenAI's shape: whose model it is, in what they differ, and whether conversations are streamed to them.</summary>
internal static class OpenAiHearing
{
    public const string Model = "TranscriptionModel";
    public const string Live = "Live";

    private const string DefaultModel = "gpt-4o-mini-transcribe";
    private const string Realtime = "realtime";

    // Those that OpenAI documents.
    private static readonly IReadOnlyList<string> Languages =
    [
        "af", "ar", "az", "be", "bg", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it",
        "ja", "kk", "kn", "ko", "lt", "lv", "mi", "mk", "mr", "ms", "ne", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw", "ta", "th", "tl", "tr", "uk",
        "ur", "vi", "zh",
    ];

    private static readonly IReadOnlyList<string> Models = ["gpt-4o-mini-transcribe", "gpt-4o-transcribe", "whisper-1"];

    public static IEnumerable<string> Check(ProviderSettings settings)
    {
        if (settings.Options.GetValueOrDefault(Live) is not (null or Realtime or "file"))
        {
            yield return $"Providers:<name>:Options:{Live} must be realtime or file, or be left out.";
        }
    }

    /// <summary>The same provider, hearing too where its server does.</summary>
    public static Provider AddTo(Provider provider, ProviderSettings settings, OpenAiEndpoint endpoint, ProviderHttp http, TimeProvider time)
    {
        var isOpenAi = provider.Kind == OpenAiKind.KindName;
        var isCompatible = provider.Kind == OpenAiCompatibleKind.KindName;
        var dialect = isCompatible ? OpenAiDialect.Of(settings.Options.GetValueOrDefault(OpenAiSettings.Dialect)) : OpenAiDialect.OpenAi;
        var model = settings.Options.GetValueOrDefault(Model) ?? (isOpenAi ? DefaultModel : null);
        var said = settings.Options.ContainsKey(OpenAiSettings.Serves);
        if (!OpenAiSettings.Served(settings).Contains(Capability.Transcription) || (model is null && !dialect.OnlyHears && !said))
        {
            return provider; // A server of language models, as far as anybody has said.
        }

        var hearing = endpoint with { Model = model ?? endpoint.Model };
        var files = new OpenAiFileTranscriber(http, hearing, dialect, time);
        // Where a request goes out as this service's identity, or in the dated API, there is no session.
        var canStream = isCompatible || (!string.IsNullOrEmpty(endpoint.Key) && endpoint.ApiVersion is null);
        var streamed = canStream && settings.Options.GetValueOrDefault(Live, isCompatible ? "file" : Realtime) == Realtime;
        var capability = new ProviderCapability(Capability.Transcription)
        {
            Streaming = streamed,
            WordTimes = dialect.WordTimes(hearing.Model),
            TranslatesToEnglish = dialect.Translates,
            Languages = isCompatible ? [] : Languages,
            Models = isOpenAi ? Models : [.. hearing.Models.Keys, .. hearing.Model is { } own ? [own] : Array.Empty<string>()],
            Price = isOpenAi ? Price(hearing.Model) : null,
        };
        provider = provider with
        {
            LiveTranscriber = streamed ? new OpenAiLiveTranscriber(hearing, time) : new LiveOverFile(files),
            FileTranscriber = files,
            Capabilities = [.. provider.Capabilities, capability],
        };
        return !dialect.OnlyHears ? provider : provider with
        {
            Chat = null,
            Forwarder = null,
            Translator = null,
            Capabilities = [.. provider.Capabilities.Where(known => known.Capability is not (Capability.Chat or Capability.Translation))],
            CheckAsync = dialect.IsInference ? cancellationToken => CheckInferenceAsync(http, endpoint, cancellationToken) : provider.CheckAsync,
        };
    }

    private static async Task CheckInferenceAsync(ProviderHttp http, OpenAiEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Get("health");
        using var response = await http.SendAsync(request, endpoint.Who, endpoint.Timeout, cancellationToken);
    }

    // List prices, 2026.
    private static ProviderPrice? Price(string? model) => model switch
    {
        "gpt-4o-mini-transcribe" => new() { PerAudioMinute = 0.003m },
        "gpt-4o-transcribe" or "whisper-1" => new() { PerAudioMinute = 0.006m },
        _ => null,
    };
}
