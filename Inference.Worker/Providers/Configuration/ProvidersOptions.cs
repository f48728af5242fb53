namespace Voice.Inference.Providers.Configuration;

/// <summary>Sections <c>Providers:&lt;name&gt;</c> and <c>Defaults:&lt;capability&gt;:&lt;language&gt;</c>.</summary>
internal sealed class ProvidersOptions
{
    public const string Section = "Providers";
    public const string DefaultsSection = "Defaults";

    /// <summary>In <c>Defaults</c>, where a language would be: those that have no list of their own.</summary>
    public const string AnyLanguage = "any";

    /// <summary>In the order of their names, which is all that configuration keeps.</summary>
    public SortedDictionary<string, ProviderSettings> Providers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary><c>Defaults:Transcription:ko:0 = deepgram/nova-3</c>: who is asked, in order, by requests that name nobody.</summary>
    public Dictionary<Capability, Dictionary<string, List<string>>> Defaults { get; } = [];

    /// <summary>What cannot be read at all, by its key.</summary>
    public List<string> Problems { get; } = [];
}
