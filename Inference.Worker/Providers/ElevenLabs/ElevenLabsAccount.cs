using System.Text.Json;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.ElevenLabs;

/// <summary>Requests to ElevenLabs with one key.</summary>
internal sealed class ElevenLabsAccount(ProviderHttp http, TimeProvider time, Uri address, string key, TimeSpan limit)
{
    public const string Who = "ElevenLabs";

    public TimeProvider Time => time;

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, content);
        return await http.SendAsync(request, Who, limit, cancellationToken);
    }

    // The models cost nothing, and are answered only to a key that may speak.
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, "v1/models", null, cancellationToken);
    }

    public async Task<IReadOnlyList<ProviderVoice>> ListVoicesAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, "v1/voices", null);
        using var list = await VoiceLists.FetchAsync(http, request, Who, limit, time, cancellationToken);
        return ParseVoices(list.RootElement);
    }

    /// <summary><c>{"voices":[{"voice_id":"…","name":"…","labels":{"gender":"female","language":"en"},"verified_languages":[{"language":"en","locale":"en-US"}]}]}</c></summary>
    internal static IReadOnlyList<ProviderVoice> ParseVoices(JsonElement list)
    {
        var voices = new List<ProviderVoice>();
        foreach (var voice in VoiceLists.Items(list, "voices"))
        {
            if (VoiceLists.Text(voice, "voice_id") is not { } id)
            {
                continue;
            }

            var labels = voice.TryGetProperty("labels", out var value) ? value : default;
            var languages = VoiceLists.Items(voice, "verified_languages").Select(verified => VoiceLists.Text(verified, "locale") ?? VoiceLists.Text(verified, "language"))
                .OfType<string>().Distinct().ToList();
            if (languages.Count == 0)
            {
                languages.Add(VoiceLists.Text(labels, "language") ?? "en");
            }

            voices.Add(new ProviderVoice(id, VoiceLists.Text(voice, "name") ?? id, languages, VoiceLists.Gender(VoiceLists.Text(labels, "gender"))));
        }

        return voices;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, $"{address.AbsoluteUri.TrimEnd('/')}/{path}") { Content = content };
        request.Headers.Add("xi-api-key", key);
        return request;
    }
}
