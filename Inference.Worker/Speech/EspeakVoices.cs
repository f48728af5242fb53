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

    public static string? For(string language)
    {
        if (Voices.TryGetValue(language, out var voice))
        {
            return voice;
        }

        var primary = language.Split('-', 2)[0].ToLowerInvariant();
        return Voices.GetValueOrDefault(primary) ?? (Plain.Contains(primary) ? primary : null);
    }

    public static string Printable(string language) =>
        language.Length <= 35 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? language : "(not a language tag)";
}
