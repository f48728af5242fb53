using System.Text.Json;
using Voice.Core.Providers;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>Where a Speech resource speaks, and its key.</summary>
internal sealed class AzureSynthesisAccount(ProviderHttp http, TimeProvider time, ProviderSettings settings)
{
    public const string Who = "Azure Speech";

    public TimeProvider Time => time;

    public TimeSpan Limit => settings.Timeout;

    public IReadOnlyList<KeyValuePair<string, string>> Headers => [new("Ocp-Apim-Subscription-Key", settings.ApiKey!)];

    /// <summary>A resource or a container by its address, or the service by its region.</summary>
    public Uri SpeechAddress(string path)
    {
        if (settings.BaseUrl is { } address)
        {
            // A resource serves hearing and speaking, so that its paths say which; a container serves one of them.
            var prefix = address.Host.Contains(".cognitiveservices.azure.", StringComparison.OrdinalIgnoreCase) && !path.StartsWith("tts/", StringComparison.Ordinal) ? "tts/" : "";
            return new Uri($"{address.AbsoluteUri.TrimEnd('/')}/{prefix}{path}");
        }

        return new Uri($"https://{settings.Region}.tts.speech{Suffix(settings.Region!)}/{path}");
    }

    /// <summary>Of the clouds that are states' own.</summary>
    public static string Suffix(string region) =>
        region.StartsWith("china", StringComparison.OrdinalIgnoreCase) ? ".azure.cn" : region.StartsWith("usgov", StringComparison.OrdinalIgnoreCase) ? ".azure.us" : ".microsoft.com";

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in Headers)
        {
            request.Headers.Add(name, value);
        }

        request.Headers.UserAgent.ParseAdd("VoiceAspire");
        return await http.SendAsync(request, Who, Limit, cancellationToken);
    }

    // The list of voices costs nothing, and proves region and key.
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, SpeechAddress("cognitiveservices/voices/list"));
        using var response = await SendAsync(request, cancellationToken);
    }

    public async Task<IReadOnlyList<ProviderVoice>> ListVoicesAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, SpeechAddress("cognitiveservices/voices/list"));
        using var response = await SendAsync(request, cancellationToken);
        using var list = VoiceLists.Parse(await SpeechStreams.ReadWholeAsync(response, VoiceLists.LongestList, Who, Limit, time, cancellationToken), Who);
        return ParseVoices(list.RootElement);
    }

    /// <summary><c>[{"ShortName":"en-US-AvaNeural","DisplayName":"Ava","Gender":"Female","Locale":"en-US","SecondaryLocaleList":["de-DE"]}]</c></summary>
    internal static IReadOnlyList<ProviderVoice> ParseVoices(JsonElement list)
    {
        var voices = new List<ProviderVoice>();
        foreach (var voice in VoiceLists.Items(list))
        {
            if (VoiceLists.Text(voice, "ShortName") is not { } id || VoiceLists.Text(voice, "Locale") is not { } locale)
            {
                continue;
            }

            var others = VoiceLists.Items(voice, "SecondaryLocaleList").Select(VoiceLists.Text).OfType<string>();
            voices.Add(new ProviderVoice(
                id, VoiceLists.Text(voice, "DisplayName") ?? id, [.. others.Prepend(locale).Distinct()], VoiceLists.Gender(VoiceLists.Text(voice, "Gender"))));
        }

        return voices;
    }
}
