using Microsoft.Extensions.Options;
using Voice.Inference.Engines;
using Voice.Inference.Providers.Configuration;

namespace Voice.Inference.Providers.Routing;

/// <summary>What a request calls its model, to those who may answer it, in order.</summary>
internal sealed class ProviderSelection(IOptions<ProvidersOptions> options, IOptions<EngineOptions> engines, ProviderRanking ranking)
{
    /// <summary>A list may name that many; what it names beyond is not asked.</summary>
    private const int MaxNames = 8;

    private readonly ProvidersOptions _options = options.Value;
    private readonly EngineOptions _engines = engines.Value;

    /// <returns>At least one. Throws <see cref="ModelNotFoundException"/>.</returns>
    /// <param name="known">All that the caller may use: those of its organization, the configured, the embedded.</param>
    public List<ProviderCandidate> Select(IReadOnlyList<ProviderEntry> known, Capability capability, EngineAsk ask)
    {
        var able = known.Where(entry => entry.Can(capability) is not null).ToList();
        var names = (ask.Model ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MaxNames).ToList();
        List<ProviderCandidate> selected = [.. (names.Count == 0 ? [ProviderNames.Default] : names).SelectMany(name => Named(able, capability, ask, name)).Distinct()];
        List<ProviderCandidate> wanted = ask.ToEnglish ? [.. selected.Where(candidate => candidate.Entry.Can(capability)!.TranslatesToEnglish)] : selected;
        return wanted.Count > 0 ? wanted : throw new ModelNotFoundException(capability.ToString().ToLowerInvariant(), Accepted(able, ask));
    }

    /// <summary>Who is asked, in order, for a language by those who name nobody.</summary>
    public List<ProviderCandidate> Defaults(List<ProviderEntry> able, Capability capability, string? language)
    {
        if (_options.Defaults.GetValueOrDefault(capability) is { } lists
            && ((language is null ? null : lists.GetValueOrDefault(language) ?? lists.GetValueOrDefault(Primary(language))) ?? lists.GetValueOrDefault(ProvidersOptions.AnyLanguage)) is { Count: > 0 } names)
        {
            List<ProviderCandidate> listed = [.. names.SelectMany(name => Named(able, capability, new EngineAsk(null, language), name))];
            return listed.Count > 0 ? listed : Embedded(able, capability, language);
        }

        var configured = able.Where(entry => entry.Origin == ProviderOrigin.Configured).ToList();
        return Engine(capability) switch
        {
            CapabilityOptions.Simulated => Whole(able.Where(entry => entry.Name == ProviderNames.Simulated), capability),
            CapabilityOptions.OpenAi => Whole(configured.Where(entry => entry.Provider.Kind == OpenAiEngines.Kind), capability),
            _ when Speaking(configured, capability, language) is { Count: > 0 } speaking => Whole(speaking, capability),
            _ => Embedded(able, capability, language),
        };
    }

    private IEnumerable<ProviderCandidate> Named(List<ProviderEntry> able, Capability capability, EngineAsk ask, string name) => name switch
    {
        ProviderNames.Default => Defaults(able, capability, ask.Language),
        ProviderNames.Local => Whole(Speaking([.. able.Where(entry => entry.IsLocal && entry.Name != ProviderNames.Simulated)], capability, ask.Language), capability)
            .OrderBy(candidate => candidate.Entry.Origin == ProviderOrigin.Embedded),
        ProviderNames.Fastest => ranking.Fastest(Choice(able, capability, ask.Language)),
        ProviderNames.Cheapest => ranking.Cheapest(Choice(able, capability, ask.Language)),
        _ => Provider(able, capability, name) ?? Model(able, capability, name),
    };

    /// <summary><c>azure</c>, <c>azure/nova-3</c>; the organization's own come first in the list, so that its name wins.</summary>
    private List<ProviderCandidate>? Provider(List<ProviderEntry> able, Capability capability, string name, bool withFallbacks = true)
    {
        var slash = name.IndexOf('/');
        var provider = slash < 0 ? name : name[..slash];
        if (able.Find(entry => entry.Name == provider) is not { } found)
        {
            return null;
        }

        var model = slash < 0 ? null : name[(slash + 1)..];
        var first = new ProviderCandidate(found, capability, model is null ? null : found.Settings.Models.GetValueOrDefault(model) ?? model);
        // One step only: what a fallback's own fallbacks are is about those who ask for it.
        return [first, .. withFallbacks ? found.Settings.Fallbacks.SelectMany(other => Provider(able, capability, other, withFallbacks: false) ?? []) : []];
    }

    private static List<ProviderCandidate> Model(List<ProviderEntry> able, Capability capability, string model)
    {
        List<ProviderCandidate> known =
        [
            .. from entry in able
               let mapped = entry.Settings.Models.GetValueOrDefault(model)
               where mapped is not null || entry.Settings.Model == model || entry.Can(capability)!.Models.Contains(model)
               select new ProviderCandidate(entry, capability, mapped ?? model),
        ];
        // A server behind Engines:* has always been asked for what is no model here.
        return known.Count > 0 ? known : [.. able.Where(entry => entry.Provider.Kind == OpenAiEngines.Kind).Select(entry => new ProviderCandidate(entry, capability, model))];
    }

    /// <summary>What policies choose from: the best of what is embedded is always the fastest and free, and nobody means that who has anything else.</summary>
    private List<ProviderCandidate> Choice(List<ProviderEntry> able, Capability capability, string? language)
    {
        var configured = Speaking([.. able.Where(entry => entry.Origin != ProviderOrigin.Embedded)], capability, language);
        return configured.Count > 0 ? Whole(configured, capability) : Embedded(able, capability, language);
    }

    private static List<ProviderCandidate> Embedded(IReadOnlyList<ProviderEntry> able, Capability capability, string? language)
    {
        var embedded = able.Where(entry => entry.Origin == ProviderOrigin.Embedded && entry.Name != ProviderNames.Simulated).ToList();
        var speaking = Speaking(embedded, capability, language);
        return Whole((speaking.Count > 0 ? speaking : embedded).Take(1), capability);
    }

    private static List<ProviderEntry> Speaking(List<ProviderEntry> able, Capability capability, string? language) =>
        language is null ? able : [.. able.Where(entry => Speaks(entry.Can(capability)!.Languages, language))];

    private static bool Speaks(IReadOnlyList<string> languages, string language) =>
        languages.Count == 0 || languages.Any(known => Primary(known).Equals(Primary(language), StringComparison.OrdinalIgnoreCase));

    private static List<ProviderCandidate> Whole(IEnumerable<ProviderEntry> entries, Capability capability) =>
        [.. entries.Select(entry => new ProviderCandidate(entry, capability, null))];

    private static IEnumerable<string> Accepted(List<ProviderEntry> able, EngineAsk ask) =>
        able.Where(entry => !ask.ToEnglish || able.Exists(other => other == entry && other.Provider.Capabilities.Any(can => can.TranslatesToEnglish)))
            .SelectMany(entry => entry.Origin == ProviderOrigin.Embedded ? entry.Provider.Capabilities.SelectMany(can => can.Models) : [entry.Name, .. entry.Settings.Models.Keys])
            .Distinct();

    private string Engine(Capability capability) => capability switch
    {
        Capability.Transcription => _engines.Transcription.Engine,
        Capability.Chat => _engines.Chat.Engine,
        Capability.Speech => _engines.Speech.Engine,
        _ => CapabilityOptions.Embedded,
    };

    private static string Primary(string language) => language.Split('-')[0].ToLowerInvariant();
}
