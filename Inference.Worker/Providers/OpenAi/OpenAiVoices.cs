using System.Text.Json;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.OpenAi;

/// <summary><c>GET /audio/voices</c>, which OpenAI has not, and Kokoro and Speaches have: a list of names, or of objects.</summary>
internal static class OpenAiVoices
{
    public static async Task<IReadOnlyList<ProviderVoice>> ListAsync(ProviderHttp http, OpenAiEndpoint endpoint, TimeProvider time, CancellationToken cancellationToken)
    {
        using var request = endpoint.Get("audio/voices");
        using var list = await VoiceLists.FetchAsync(http, request, endpoint.Who, endpoint.Timeout, time, cancellationToken);
        return Parse(list.RootElement);
    }

    /// <summary><c>{"voices":["af_bella"]}</c>, <c>{"voices":[{"id":"af_bella","language":"en-us"}]}</c>, <c>{"data":[{"voice_id":"…"}]}</c>, <c>[…]</c></summary>
    internal static IReadOnlyList<ProviderVoice> Parse(JsonElement list)
    {
        var voices = new List<ProviderVoice>();
        foreach (var item in VoiceLists.Items(list).Concat(VoiceLists.Items(list, "voices")).Concat(VoiceLists.Items(list, "data")))
        {
            var id = VoiceLists.Text(item) ?? VoiceLists.Text(item, "id") ?? VoiceLists.Text(item, "voice_id") ?? VoiceLists.Text(item, "name");
            if (id is null)
            {
                continue;
            }

            var (language, gender) = Kokoro(id);
            voices.Add(new ProviderVoice(
                id,
                VoiceLists.Text(item, "name") ?? id,
                [VoiceLists.Text(item, "language") ?? VoiceLists.Text(item, "locale") ?? language ?? "en"],
                VoiceLists.Gender(VoiceLists.Text(item, "gender")) ?? gender));
        }

        return voices;
    }

    /// <summary>Kokoro writes language and gender into its names: <c>af_bella</c>, <c>bm_george</c>, <c>jf_alpha</c>.</summary>
    private static (string? Language, string? Gender) Kokoro(string id)
    {
        if (id.Length < 4 || id[2] != '_' || id[1] is not ('f' or 'm'))
        {
            return default;
        }

        var language = id[0] switch
        {
            'a' => "en-US",
            'b' => "en-GB",
            'e' => "es",
            'f' => "fr",
            'h' => "hi",
            'i' => "it",
            'j' => "ja",
            'p' => "pt-BR",
            'z' => "zh",
            _ => null,
        };
        return (language, language is null ? null : id[1] == 'f' ? "female" : "male");
    }
}
