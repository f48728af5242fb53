namespace Voice.Inference.Providers.Deepgram;

/// <summary>What is known of Deepgram's models without asking.</summary>
internal static class DeepgramModels
{
    public const string Default = "nova-3";

    public static readonly IReadOnlyList<string> Hearing = ["nova-3", "nova-3-medical", "nova-2", "flux-general-en", "flux-general-multi"];

    public static readonly IReadOnlyList<string> Languages =
    [
        "en", "es", "fr", "de", "it", "pt", "nl", "hi", "ja", "ko", "ru", "pl", "sv", "da", "no", "fi", "tr", "uk", "vi", "id", "ms", "th", "zh", "cs", "el", "bg",
        "ca", "et", "hu", "lv", "lt", "ro", "sk",
    ];

    public static bool IsFlux(string model) => model.StartsWith("flux", StringComparison.Ordinal);
}
