using Microsoft.Extensions.Options;
using Voice.Inference.Engines;
using Voice.Inference.Providers.Configuration;
using Voice.Inference.Providers.Own;

namespace Voice.Inference.Providers.Routing;

/// <summary>Everything that can be asked, made once from configuration.</summary>
internal sealed class ProviderRegistry
{
    private readonly List<ProviderEntry> _platform;
    private readonly OwnProviders _own;

    public ProviderRegistry(IOptions<ProvidersOptions> options, IEnumerable<IProviderKind> kinds, OpenAiEngines openAi, EmbeddedProviders embedded, OwnProviders own)
    {
        _own = own;
        var known = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
        var configured = options.Value.Providers
            .Select(provider => new ProviderEntry(known[provider.Value.Kind].Create(provider.Key, provider.Value), provider.Value, ProviderOrigin.Configured));
        _platform =
        [
            .. configured,
            .. openAi.Create(options.Value.Providers.Keys),
            .. embedded.Create().Select(provider => new ProviderEntry(provider, new ProviderSettings { Kind = provider.Kind, Local = true, Hedge = false }, ProviderOrigin.Embedded)),
        ];
    }

    /// <summary>The platform's, in the order in which they are chosen where nothing else decides.</summary>
    public IReadOnlyList<ProviderEntry> Platform => _platform;

    /// <summary>What an organization may use.</summary>
    public async ValueTask<IReadOnlyList<ProviderEntry>> ForAsync(string? organizationId, CancellationToken cancellationToken) =>
        organizationId is not null && await _own.ListAsync(organizationId, cancellationToken) is { Count: > 0 } own ? [.. own, .. _platform] : _platform;
}
