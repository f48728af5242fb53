namespace Voice.Inference.Providers;

/// <summary>Speech services that insist on a region: <c>en</c> is <c>en-US</c> to them.</summary>
internal static class Locales
{
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["af"] = "af-ZA", ["am"] = "am-ET", ["ar"] = "ar-EG", ["az"] = "az-AZ", ["bg"] = "bg-BG", ["bn"] = "bn-IN", ["bs"] = "bs-BA", ["ca"] = "ca-ES",
        ["cs"] = "cs-CZ", ["cy"] = "cy-GB", ["da"] = "da-DK", ["de"] = "de-DE", ["el"] = "el-GR", ["en"] = "en-US", ["es"] = "es-ES", ["et"] = "et-EE",
        ["eu"] = "eu-ES", ["fa"] = "fa-IR", ["fi"] = "fi-FI", ["fr"] = "fr-FR", ["ga"] = "ga-IE", ["gl"] = "gl-ES", ["gu"] = "gu-IN", ["he"] = "he-IL",
        ["hi"] = "hi-IN", ["hr"] = "hr-HR", ["hu"] = "hu-HU", ["hy"] = "hy-AM", ["id"] = "id-ID", ["is"] = "is-IS", ["it"] = "it-IT", ["ja"] = "ja-JP",
        ["ka"] = "ka-GE", ["kk"] = "kk-KZ", ["km"] = "km-KH", ["kn"] = "kn-IN", ["ko"] = "ko-KR", ["lo"] = "lo-LA", ["lt"] = "lt-LT", ["lv"] = "lv-LV",
        ["mk"] = "mk-MK", ["ml"] = "ml-IN", ["mn"] = "mn-MN", ["mr"] = "mr-IN", ["ms"] = "ms-MY", ["mt"] = "mt-MT", ["my"] = "my-MM", ["nb"] = "nb-NO",
        ["ne"] = "ne-NP", ["nl"] = "nl-NL", ["no"] = "nb-NO", ["pa"] = "pa-IN", ["pl"] = "pl-PL", ["pt"] = "pt-BR", ["ro"] = "ro-RO", ["ru"] = "ru-RU",
        ["si"] = "si-LK", ["sk"] = "sk-SK", ["sl"] = "sl-SI", ["sq"] = "sq-AL", ["sr"] = "sr-RS", ["sv"] = "sv-SE", ["sw"] = "sw-KE", ["ta"] = "ta-IN",
        ["te"] = "te-IN", ["th"] = "th-TH", ["tr"] = "tr-TR", ["uk"] = "uk-UA", ["ur"] = "ur-IN", ["uz"] = "uz-UZ", ["vi"] = "vi-VN", ["zh"] = "zh-CN",
        ["zu"] = "zu-ZA",
    };

    public static IReadOnlyList<string> Languages { get; } = [.. Defaults.Keys.Order(StringComparer.Ordinal)];

    /// <summary>One with a region stays as it is; one that is not known too, for the service to judge.</summary>
    public static string Of(string language) => Defaults.GetValueOrDefault(language, language);
}
