using System.Collections.Frozen;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>One voice for each locale, for requests that name none: those that Microsoft's own client libraries choose.</summary>
internal static class AzureVoices
{
    private const string Defaults =
        """
        af-ZA-Adri am-ET-Ameha ar-AE-Fatima ar-BH-Ali ar-DZ-Amina ar-EG-Salma ar-IQ-Bassel ar-JO-Sana ar-KW-Fahed ar-LY-Iman ar-MA-Jamal
        ar-QA-Amal ar-SA-Hamed ar-SY-Amany ar-TN-Hedi ar-YE-Maryam bg-BG-Borislav bn-BD-Nabanita bn-IN-Bashkar ca-ES-Joana cs-CZ-Antonin
        cy-GB-Aled da-DK-Christel de-AT-Ingrid de-CH-Jan de-DE-Katja el-GR-Athina en-AU-Natasha en-CA-Clara en-GB-Libby en-HK-Sam en-IE-Connor
        en-IN-Neerja en-KE-Asilia en-NG-Abeo en-NZ-Mitchell en-PH-James en-SG-Luna en-TZ-Elimu en-US-AvaMultilingual en-ZA-Leah es-AR-Elena
        es-BO-Marcelo es-CL-Catalina es-CO-Gonzalo es-CR-Juan es-CU-Belkys es-DO-Emilio es-EC-Andrea es-ES-Alvaro es-GQ-Javier es-GT-Andres
        es-HN-Carlos es-MX-Dalia es-NI-Federico es-PA-Margarita es-PE-Alex es-PR-Karina es-PY-Mario es-SV-Lorena es-US-Alonso es-UY-Mateo
        es-VE-Paola et-EE-Anu fa-IR-Dilara fi-FI-Selma fil-PH-Angelo fr-BE-Charline fr-CA-Sylvie fr-CH-Ariane fr-FR-Denise ga-IE-Colm gl-ES-Roi
        gu-IN-Dhwani he-IL-Avri hi-IN-Madhur hr-HR-Gabrijela hu-HU-Noemi id-ID-Ardi is-IS-Gudrun it-IT-Isabella ja-JP-Nanami jv-ID-Dimas
        kk-KZ-Aigul km-KH-Piseth kn-IN-Gagan ko-KR-SunHi lo-LA-Chanthavong lt-LT-Leonas lv-LV-Everita mk-MK-Aleksandar ml-IN-Midhun mr-IN-Aarohi
        ms-MY-Osman mt-MT-Grace my-MM-Nilar nb-NO-Pernille nl-BE-Arnaud nl-NL-Colette pl-PL-Agnieszka ps-AF-GulNawaz pt-BR-Francisca
        pt-PT-Duarte ro-RO-Alina ru-RU-Svetlana si-LK-Sameera sk-SK-Lukas sl-SI-Petra so-SO-Muuse sr-RS-Nicholas su-ID-Jajang sv-SE-Sofie
        sw-KE-Rafiki sw-TZ-Daudi ta-IN-Pallavi ta-LK-Kumar ta-SG-Anbu te-IN-Mohan th-TH-Premwadee tr-TR-Ahmet uk-UA-Ostap ur-IN-Gul ur-PK-Asad
        uz-UZ-Madina vi-VN-HoaiMy zh-CN-Xiaoxiao zh-HK-HiuMaan zh-TW-HsiaoChen zu-ZA-Thando
        """;

    private static readonly string[] Main = ["ar-EG", "bn-IN", "de-DE", "en-US", "es-ES", "fr-FR", "nl-NL", "pt-BR", "sw-KE", "ta-IN", "ur-PK", "zh-CN"];

    private static readonly FrozenDictionary<string, string> ByLocale = Defaults.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(name => name[..name.LastIndexOf('-')], name => name + "Neural", StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> LocaleOf = ByLocale.Keys.GroupBy(Primary)
        .ToFrozenDictionary(same => same.Key, same => same.FirstOrDefault(Main.Contains) ?? same.Order(StringComparer.Ordinal).First(), StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Languages { get; } = [.. ByLocale.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The locale that the service knows for a language: <c>de-DE</c> for <c>de</c>; null for one it does not speak.</summary>
    public static string? Locale(string language) => ByLocale.TryGetValue(language, out var voice) ? voice[..voice.LastIndexOf('-')] : LocaleOf.GetValueOrDefault(Primary(language));

    public static string? Default(string language) => Locale(language) is { } locale ? ByLocale[locale] : null;

    public static bool Speaks(string voice, string language) =>
        Primary(voice).Equals(Primary(language), StringComparison.OrdinalIgnoreCase) || voice.Contains("Multilingual", StringComparison.OrdinalIgnoreCase);

    private static string Primary(string tag) => tag.Split('-', 2)[0];
}
