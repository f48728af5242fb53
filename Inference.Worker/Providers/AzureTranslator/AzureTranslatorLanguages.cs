namespace Voice.Inference.Providers.AzureTranslator;

/// <summary>What the service translates, and its names of it where they are not BCP-47's.</summary>
internal static class AzureTranslatorLanguages
{
    public static IReadOnlyList<string> All { get; } =
    [
        "af", "am", "ar", "as", "az", "ba", "bg", "bho", "bn", "bo", "brx", "bs", "ca", "cs", "cy", "da", "de", "doi", "dsb", "dv", "el", "en", "es",
        "et", "eu", "fa", "fi", "fil", "fj", "fo", "fr", "fr-CA", "ga", "gl", "gom", "gu", "ha", "he", "hi", "hne", "hr", "hsb", "ht", "hu", "hy", "id",
        "ig", "is", "it", "iu", "ja", "ka", "kk", "km", "kmr", "kn", "ko", "ks", "ku", "ky", "ln", "lo", "lt", "lug", "lv", "lzh", "mai", "mg", "mi", "mk",
        "ml", "mn-Cyrl", "mn-Mong", "mr", "ms", "mt", "mww", "my", "nb", "ne", "nl", "nso", "nya", "or", "otq", "pa", "pl", "prs", "ps", "pt", "pt-PT",
        "ro", "ru", "run", "rw", "sd", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr-Cyrl", "sr-Latn", "st", "sv", "sw", "ta", "te", "th", "ti", "tk", "tn",
        "to", "tr", "tt", "ty", "ug", "uk", "ur", "uz", "vi", "xh", "yo", "yua", "yue", "zh-Hans", "zh-Hant", "zu",
    ];

    private static readonly Dictionary<string, string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fr-CA"] = "fr-ca", ["pt-PT"] = "pt-pt", ["no"] = "nb", ["tl"] = "fil", ["iw"] = "he", ["ny"] = "nya", ["lg"] = "lug", ["kok"] = "gom",
        ["sr"] = "sr-Cyrl", ["sr-Cyrl"] = "sr-Cyrl", ["sr-Latn"] = "sr-Latn", ["mn"] = "mn-Cyrl", ["mn-Cyrl"] = "mn-Cyrl", ["mn-Mong"] = "mn-Mong",
        ["zh"] = "zh-Hans", ["zh-Hans"] = "zh-Hans", ["zh-CN"] = "zh-Hans", ["zh-SG"] = "zh-Hans",
        ["zh-Hant"] = "zh-Hant", ["zh-TW"] = "zh-Hant", ["zh-HK"] = "zh-Hant", ["zh-MO"] = "zh-Hant",
    };

    private static readonly HashSet<string> Known = new(All, StringComparer.OrdinalIgnoreCase);

    /// <summary>The service's code of the longest part of the tag that it has; null where it has none.</summary>
    public static string? Find(string tag)
    {
        for (var part = tag; part.Length > 0; part = part.Contains('-') ? part[..part.LastIndexOf('-')] : "")
        {
            if (Own.TryGetValue(part, out var own))
            {
                return own;
            }

            if (Known.TryGetValue(part, out var known))
            {
                return known;
            }
        }

        return null;
    }
}
