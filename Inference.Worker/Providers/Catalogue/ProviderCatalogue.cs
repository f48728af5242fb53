using Voice.Core.Resilience;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Providers.Catalogue;

/// <summary>What can be asked, what each can do and how it fares.</summary>
internal sealed class ProviderCatalogue(ProviderRegistry registry, ProviderSelection selection, ProviderResilience resilience, TimeProvider time)
{
    private const int MostVoices = 20;

    public async Task<IReadOnlyList<ProviderView>> ListAsync(string organizationId, CancellationToken cancellationToken)
    {
        var known = await registry.ForAsync(organizationId, cancellationToken);
        var defaults = Enum.GetValues<Capability>().ToDictionary(capability => capability, capability => Defaults(known, capability));
        // Engines:* make an entry for each capability.
        return [.. known.GroupBy(entry => entry.Key).Select(entries => View([.. entries], defaults))];
    }

    private ProviderView View(List<ProviderEntry> entries, Dictionary<Capability, ILookup<string, string>> defaults)
    {
        var first = entries[0];
        return new ProviderView(
            first.Name, first.Provider.Kind, ProviderView.OriginOf(first.Origin), first.IsLocal, first.Settings.Model,
            [.. entries.SelectMany(entry => entry.Provider.Capabilities.Select(can => View(entry, can, defaults[can.Capability])))])
        {
            Settings = first.Origin == ProviderOrigin.Organization ? ProviderSettingsView.Of(first.Settings, first.Settings.ApiKey is not null) : null,
        };
    }

    private CapabilityView View(ProviderEntry entry, ProviderCapability can, ILookup<string, string> defaults) => new(
        can.Capability.ToString().ToLowerInvariant(), can.Streaming, can.Languages, can.Models, [.. can.Voices.Take(MostVoices).Select(voice => voice.Id)], can.Voices.Count,
        can.WordTimes, can.TranslatesToEnglish, can.Instructions, can.Ssml, entry.Price(can.Capability),
        entry.State.Statistics(can.Capability).Measure(time.GetUtcNow()),
        resilience.State(Stage(can.Capability), entry.Key) switch { BreakerState.Closed => "closed", BreakerState.Open => "open", _ => "half_open" },
        [.. defaults[entry.Key]]);

    /// <summary>By provider, the languages for which it comes first.</summary>
    private ILookup<string, string> Defaults(IReadOnlyList<ProviderEntry> known, Capability capability)
    {
        List<ProviderEntry> able = [.. known.Where(entry => entry.Can(capability) is not null)];
        var any = First(able, capability, null);
        var languages = able.SelectMany(entry => entry.Can(capability)!.Languages).Select(language => language.Split('-')[0]).Distinct().Order(StringComparer.Ordinal);
        return languages.Select(language => (Language: language, First: First(able, capability, language)))
            .Where(one => one.First != any).Append((Language: "any", First: any))
            .Where(one => one.First is not null).ToLookup(one => one.First!, one => one.Language);
    }

    private string? First(List<ProviderEntry> able, Capability capability, string? language) =>
        selection.Defaults(able, capability, language) is [var first, ..] ? first.Entry.Key : null;

    private static ProviderStage Stage(Capability capability) => capability switch
    {
        Capability.Transcription => ProviderStage.Transcription,
        Capability.Chat => ProviderStage.Chat,
        Capability.Speech => ProviderStage.Speech,
        _ => ProviderStage.Translation,
    };
}
