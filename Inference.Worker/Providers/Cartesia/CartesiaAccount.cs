using System.Net.Http.Headers;
using System.Text.Json;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.Cartesia;

/// <summary>Where Cartesia is and how it knows us.</summary>
internal sealed class CartesiaAccount(ProviderHttp http, TimeProvider time, ProviderSettings settings)
{
    public const string Who = "Cartesia";

    private const string Version = "2026-08-14";
    private const int PageLength = 100;
    private const int MaxPages = 50;

    private static readonly Uri PublicAddress = new("https://api.cartesia.ai");

    public TimeProvider Time => time;

    public TimeSpan Limit => settings.Timeout;

    public IEnumerable<KeyValuePair<string, string>> Headers => [new("Authorization", $"Bearer {settings.ApiKey}"), new("Cartesia-Version", Version)];

    public Uri Address(string path) => new($"{(settings.BaseUrl ?? PublicAddress).AbsoluteUri.TrimEnd('/')}/{path}");

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Address(path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
        request.Headers.Add("Cartesia-Version", Version);
        return await http.SendAsync(request, Who, Limit, cancellationToken);
    }

    // One voice costs nothing, and proves the key.
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, "voices?limit=1", null, cancellationToken);
    }

    public async Task<IReadOnlyList<ProviderVoice>> ListVoicesAsync(CancellationToken cancellationToken)
    {
        var voices = new List<ProviderVoice>();
        var after = "";
        for (var page = 0; page < MaxPages && voices.Count < VoiceDirectory.MaxVoices; page++)
        {
            using var response = await SendAsync(HttpMethod.Get, $"voices?limit={PageLength}{after}", null, cancellationToken);
            using var list = VoiceLists.Parse(await SpeechStreams.ReadWholeAsync(response, VoiceLists.LongestList, Who, Limit, time, cancellationToken), Who);
            var more = ParseVoices(list.RootElement);
            voices.AddRange(more);
            if (more.Count < PageLength)
            {
                break;
            }

            after = $"&starting_after={Uri.EscapeDataString(more[^1].Id)}";
        }

        return voices;
    }

    /// <summary><c>{"data":[{"id":"…","name":"Katie","language":"en","locales":[{"locale":"en-US","is_native":true}],"gender":"feminine"}]}</c></summary>
    internal static IReadOnlyList<ProviderVoice> ParseVoices(JsonElement list)
    {
        var voices = new List<ProviderVoice>();
        foreach (var voice in VoiceLists.Items(list, "data"))
        {
            if (VoiceLists.Text(voice, "id") is not { } id)
            {
                continue;
            }

            var languages = VoiceLists.Items(voice, "locales").Select(item => VoiceLists.Text(item, "locale")).OfType<string>().Distinct().ToList();
            if (languages.Count == 0)
            {
                languages.Add(VoiceLists.Text(voice, "language") ?? "en");
            }

            voices.Add(new ProviderVoice(id, VoiceLists.Text(voice, "name") ?? id, languages, VoiceLists.Gender(VoiceLists.Text(voice, "gender"))));
        }

        return voices;
    }
}
