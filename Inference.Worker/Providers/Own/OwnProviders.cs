using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Providers.Own;

/// <summary>What organizations brought, ready to be asked; kept for a moment, so that a request costs no look at the database.</summary>
internal sealed partial class OwnProviders(
    OwnProviderKinds kinds, CredentialSeal seal, IOptions<OwnProviderOptions> options, TimeProvider time, ILogger<OwnProviders> logger, OwnProviderStore? store = null)
{
    /// <summary>Organizations that are remembered at a time.</summary>
    private const int MaxKept = 1_000;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async ValueTask<IReadOnlyList<ProviderEntry>> ListAsync(string organizationId, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return [];
        }

        var before = _known.GetValueOrDefault(organizationId);
        if (before is not null && time.GetElapsedTime(before.At) < options.Value.Refresh)
        {
            return before.Entries;
        }

        try
        {
            return Keep(organizationId, before, await store.ListAsync(organizationId, cancellationToken));
        }
        catch (NpgsqlException failure)
        {
            // Without the database what is configured and embedded still answers.
            Log.NotRead(logger, failure);
            return before?.Entries ?? [];
        }
    }

    public void Forget(string organizationId) => _known.TryRemove(organizationId, out _);

    private IReadOnlyList<ProviderEntry> Keep(string organizationId, Known? before, IReadOnlyList<OwnProviderRow> rows)
    {
        if (_known.Count >= MaxKept)
        {
            _known.Clear();
        }

        List<ProviderEntry> entries = [];
        Dictionary<string, (long Version, ProviderEntry Entry)> versions = new(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            // Unchanged, it goes on with its measurements and its limits.
            var entry = before?.Versions.TryGetValue(row.Name, out var kept) == true && kept.Version == row.Version ? kept.Entry : Open(row);
            if (entry is not null)
            {
                entries.Add(entry);
                versions[row.Name] = (row.Version, entry);
            }
        }

        _known[organizationId] = new Known(time.GetTimestamp(), entries, versions);
        return entries;
    }

    private ProviderEntry? Open(OwnProviderRow row)
    {
        try
        {
            var settings = row.Settings;
            settings.ApiKey = row.Credential is { } credential ? seal.Open(credential, row.Owner) : null;
            settings.Local = false;
            return new ProviderEntry(kinds.Create(row.Name, settings), settings, ProviderOrigin.Organization, row.OrganizationId);
        }
        catch (Exception failure) when (failure is CryptographicException or InvalidOperationException or ArgumentException)
        {
            Log.NotOpened(logger, row.OrganizationId, failure);
            return null;
        }
    }

    private sealed record Known(long At, IReadOnlyList<ProviderEntry> Entries, Dictionary<string, (long Version, ProviderEntry Entry)> Versions);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Providers of an organization cannot be read; the platform's answer alone")]
        public static partial void NotRead(ILogger logger, Exception failure);

        [LoggerMessage(2, LogLevel.Error, "A provider of {OrganizationId} cannot be used: its key does not open, or its kind is gone")]
        public static partial void NotOpened(ILogger logger, string organizationId, Exception failure);
    }
}
