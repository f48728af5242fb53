namespace Voice.Inference.Translation;

/// <summary>What a language model is told a language is called. The runtime's own names need ICU data, which a small image lacks.</summary>
internal static class LanguageNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["af"] = "Afrikaans", ["am"] = "Amharic", ["ar"] = "Arabic", ["as"] = "Assamese", ["az"] = "Azerbaijani", ["be"] = "Belarusian",
        ["bg"] = "Bulgarian", ["bn"] = "Bengali", ["brx"] = "Bodo", ["bs"] = "Bosnian", ["ca"] = "Catalan", ["cs"] = "Czech", ["cy"] = "Welsh",
        ["da"] = "Danish", ["de"] = "German", ["doi"] = "Dogri", ["el"] = "Greek", ["en"] = "English", ["en-GB"] = "British English",
        ["es"] = "Spanish", ["es-MX"] = "Mexican Spanish", ["et"] = "Estonian", ["eu"] = "Basque", ["fa"] = "Persian", ["fi"] = "Finnish",
        ["fil"] = "Filipino", ["fr"] = "French", ["fr-CA"] = "Canadian French", ["ga"] = "Irish", ["gl"] = "Galician", ["gom"] = "Konkani",
        ["gu"] = "Gujarati", ["ha"] = "Hausa", ["he"] = "Hebrew", ["hi"] = "Hindi", ["hr"] = "Croatian", ["ht"] = "Haitian Creole",
        ["hu"] = "Hungarian", ["hy"] = "Armenian", ["id"] = "Indonesian", ["ig"] = "Igbo", ["is"] = "Icelandic", ["it"] = "Italian",
        ["ja"] = "Japanese", ["jv"] = "Javanese", ["ka"] = "Georgian", ["kk"] = "Kazakh", ["km"] = "Khmer", ["kn"] = "Kannada", ["ko"] = "Korean",
        ["ks"] = "Kashmiri", ["ku"] = "Kurdish", ["ky"] = "Kyrgyz", ["lo"] = "Lao", ["lt"] = "Lithuanian", ["lv"] = "Latvian", ["mai"] = "Maithili",
        ["mk"] = "Macedonian", ["ml"] = "Malayalam", ["mn"] = "Mongolian", ["mni"] = "Manipuri", ["mr"] = "Marathi", ["ms"] = "Malay",
        ["mt"] = "Maltese", ["my"] = "Burmese", ["nb"] = "Norwegian Bokmål", ["ne"] = "Nepali", ["nl"] = "Dutch", ["no"] = "Norwegian",
        ["or"] = "Odia", ["pa"] = "Punjabi", ["pl"] = "Polish", ["ps"] = "Pashto", ["pt"] = "Portuguese", ["pt-BR"] = "Brazilian Portuguese",
        ["pt-PT"] = "European Portuguese", ["ro"] = "Romanian", ["ru"] = "Russian", ["sa"] = "Sanskrit", ["sat"] = "Santali", ["sd"] = "Sindhi",
        ["si"] = "Sinhala", ["sk"] = "Slovak", ["sl"] = "Slovenian", ["so"] = "Somali", ["sq"] = "Albanian", ["sr"] = "Serbian", ["sv"] = "Swedish",
        ["sw"] = "Swahili", ["ta"] = "Tamil", ["te"] = "Telugu", ["th"] = "Thai", ["ti"] = "Tigrinya", ["tl"] = "Tagalog", ["tr"] = "Turkish",
        ["uk"] = "Ukrainian", ["ur"] = "Urdu", ["uz"] = "Uzbek", ["vi"] = "Vietnamese", ["xh"] = "Xhosa", ["yo"] = "Yoruba", ["zh"] = "Chinese",
        ["zh-CN"] = "Simplified Chinese", ["zh-Hans"] = "Simplified Chinese", ["zh-HK"] = "Traditional Chinese", ["zh-Hant"] = "Traditional Chinese",
        ["zh-TW"] = "Traditional Chinese", ["zu"] = "Zulu",
    };

    /// <summary>Primary subtags.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. Names.Keys.Where(tag => !tag.Contains('-')).Order(StringComparer.Ordinal)];

    /// <summary>The name of the longest part of the tag that has one; null where none has.</summary>
    public static string? Find(string tag)
    {
        for (var part = tag; ; part = part[..part.LastIndexOf('-')])
        {
            if (Names.TryGetValue(part, out var name))
            {
                return name;
            }

            if (!part.Contains('-'))
            {
                return null;
            }
        }
    }
}
