using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Providers.Catalogue;

/// <summary>A provider as callers see it: never a key, and an address only where it is theirs.</summary>
/// <param name="Origin"><c>embedded</c>, <c>configured</c> by the operator, or the <c>organization</c>'s own.</param>
internal sealed record ProviderView(string Name, string Kind, string Origin, bool Local, string? Model, IReadOnlyList<CapabilityView> Capabilities)
{
    /// <summary>What an organization set for its own.</summary>
    public ProviderSettingsView? Settings { get; init; }

    public static string OriginOf(ProviderOrigin origin) => origin switch
    {
        ProviderOrigin.Embedded => "embedded",
        ProviderOrigin.Configured => "configured",
        _ => "organization",
    };
}

/// <param name="HasKey">The key itself is never told.</param>
internal sealed record ProviderSettingsView(
    Uri? BaseUrl, string? Region, string? Voice, IReadOnlyDictionary<string, string> Models, IReadOnlyDictionary<string, string> Options, int? MaxConcurrent, double? RequestsPerSecond, bool HasKey)
{
    public static ProviderSettingsView Of(ProviderSettings settings, bool hasKey) =>
        new(settings.BaseUrl, settings.Region, settings.Voice, settings.Models, settings.Options, settings.MaxConcurrent, settings.RequestsPerSecond, hasKey);
}
