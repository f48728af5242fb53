using Voice.Inference.Providers;

namespace Voice.Inference.Speech;

/// <summary>BCP-47 tags to espeak-ng voices. A list, so that no text of a client becomes an argument of a program.</summary>
internal static class EspeakVoices
{
    private static readonly Dictionary<string, string> Voices = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "en-us",
        ["en-us"] = "en-us",
        ["en-gb"] = "en-gb",
        ["es"] = "es",
        ["es-es"] = "es",
        ["es-419"] = "es-419",
        ["es-mx"] = "es-419",
        ["es-us"] = "es-419",
        ["pt-br"] = "pt-br",
        ["zh"] = "cmn",
        ["no"] = "nb",
    };

    // Spoken by espeak-ng 1.51 under their own two-letter codes.
    private static readonly string[] Plain =
    [
        "af", "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "et", "eu", "fa", "fi", "fr", "ga", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it",
        "ja", "ka", "kn", "ko", "lt", "lv", "mk", "ml", "mr", "ms", "nb", "ne", "nl", "pa", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta",
        "te", "tr", "uk", "ur", "vi",
    ];

    public static IReadOnlyList<ProviderVoice> All { get; } = [.. Voices.Values.Concat(Plain).Distinct().Order(StringComparer.Ordinal).Select(Describe)];

    /// <summary>By the name that a request gives; null for a name of another engine's voices, which clients send too.</summary>
    public static string? Named(string? voice) => voice is null ? null : All.FirstOrDefault(known => known.Id.Equals(voice, StringComparison.OrdinalIgnoreCase))?.Id;

    /// <summary>Primary subtags and regions of their own, sorted.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. Voices.Keys.Concat(Plain).Order(StringComparer.Ordinal)];

    public static string? For(string language)
    {
        if (Voices.TryGetValue(language, out var voice))
        {
            return voice;
        }

        var primary = language.Split('-', 2)[0].ToLowerInvariant();
        return Voices.GetValueOrDefault(primary) ?? (Plain.Contains(primary) ? primary : null);
    }

    private static ProviderVoice Describe(string id)
    {
        var language = id == "cmn" ? "zh" : id.StartsWith("en-", StringComparison.Ordinal) || id.StartsWith("pt-", StringComparison.Ordinal) ? $"{id[..3]}{id[3..].ToUpperInvariant()}" : id;
        return new ProviderVoice(id, $"espeak-ng {id}", [language], "male");
    }

    public static string Printable(string language) =>
        language.Length <= 35 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? language : "(not a language tag)";
}
