using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Usage;

namespace Voice.Gateway.Limits;

/// <summary>
/// Which buckets a caller's requests count against. What the database says is read again after <see cref="KeptFor"/>; while it cannot be read, what
/// was known goes on.
/// </summary>
internal sealed partial class LimitDirectory(NpgsqlDataSource database, IOptions<LimitOptions> options, TimeProvider time, ILogger<LimitDirectory> logger)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    /// <summary>Callers and addresses remembered; a flood of new ones empties the memory instead of filling it.</summary>
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<string, Known> _organizations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string? Subject, string Address), LimitPlan> _plans = new();
    private readonly string _prefix = LimitScript.Prefix(options.Value.Installation);

    public async ValueTask<OrganizationLimits> FindAsync(string organizationId, CancellationToken cancellationToken)
    {
        if (_organizations.TryGetValue(organizationId, out var known) && time.GetElapsedTime(known.ReadAt) < KeptFor)
        {
            return known.Limits;
        }

        OrganizationLimits limits;
        try
        {
            limits = await ReadAsync(organizationId, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            Log.NotRead(logger, exception);
            limits = known?.Limits ?? OrganizationLimits.None;
        }

        MakeRoom(_organizations);
        if (known is null || !ReferenceEquals(known.Limits, limits))
        {
            // Plans are made of the limits; those of this organization's callers may differ now.
            if (known is not null && !Same(known.Limits, limits))
            {
                _plans.Clear();
            }
        }

        _organizations[organizationId] = new Known(limits, time.GetTimestamp());
        return limits;
    }

    /// <summary>So that a change made through this gateway is felt at once here.</summary>
    public void Forget(string organizationId)
    {
        _organizations.TryRemove(organizationId, out _);
        _plans.Clear();
    }

    public LimitPlan PlanFor(Caller? caller, OrganizationLimits limits, string address)
    {
        if (_plans.TryGetValue((caller?.Subject, address), out var plan))
        {
            return plan;
        }

        MakeRoom(_plans);
        return _plans[(caller?.Subject, address)] = new LimitPlan([.. BucketsOf(caller, limits, address)]);
    }

    /// <summary>Buckets of what the request is about to use; what it really used is charged when it is known.</summary>
    public Bucket? MeteredBucket(string kind, string organizationId, OrganizationLimits limits, long cost)
    {
        var rate = kind switch
        {
            UsageKinds.AudioSeconds => limits.Own.AudioSeconds?.AsOptions() ?? options.Value.AudioSeconds,
            UsageKinds.Characters => limits.Own.Characters?.AsOptions() ?? options.Value.Characters,
            UsageKinds.Tokens => limits.Own.Tokens?.AsOptions() ?? options.Value.Tokens,
            _ => null,
        };
        return rate is null ? null : Bucket.Of(kind.Replace('_', '-'), $"{_prefix}{kind}:{organizationId}", rate, cost);
    }

    public IReadOnlyList<SessionLimit> SessionLimits(Caller caller, OrganizationLimits limits)
    {
        List<SessionLimit> found =
        [
            new("organization", $"{_prefix}sessions:{caller.OrganizationId}", limits.Own.ConcurrentSessions ?? options.Value.ConcurrentSessions),
        ];
        if ((limits.BySubject.GetValueOrDefault(caller.Subject)?.ConcurrentSessions ?? options.Value.ConcurrentSessionsPerKey) is { } own)
        {
            found.Add(new("key", $"{_prefix}sessions:{caller.Subject}", own));
        }

        return found;
    }

    /// <summary>What an organization may use of a kind in a month; null where that is not limited.</summary>
    public long? QuotaOf(string kind, OrganizationLimits limits) =>
        limits.Own.Monthly?.TryGetValue(kind, out var own) == true ? own
        : options.Value.Monthly.TryGetValue(kind, out var configured) ? configured
        : null;

    private IEnumerable<Bucket> BucketsOf(Caller? caller, OrganizationLimits limits, string address)
    {
        if (caller is not null)
        {
            var own = limits.BySubject.GetValueOrDefault(caller.Subject)?.Requests?.AsOptions();
            yield return caller.Kind == "user"
                ? Bucket.Of("user", $"{_prefix}user:{caller.Subject}", own ?? options.Value.User)
                : Bucket.Of("key", $"{_prefix}key:{caller.Subject}", own ?? options.Value.Key);
            yield return Bucket.Of("organization", $"{_prefix}org:{caller.OrganizationId}", limits.Own.Requests?.AsOptions() ?? options.Value.Organization);
        }

        yield return Bucket.Of("address", $"{_prefix}address:{address}", options.Value.Address);
    }

    private async Task<OrganizationLimits> ReadAsync(string organizationId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var rows = await connection.QueryMultipleAsync(new CommandDefinition(
            """
            select subject as Item1, settings::text as Item2 from identity.limit_settings where organization_id = @organizationId;
            select kind as Item1, sum(quantity) as Item2 from identity.usage_days
            where organization_id = @organizationId and day >= @month group by kind
            """,
            new { organizationId, month = new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Unspecified) },
            cancellationToken: cancellationToken));
        var settings = (await rows.ReadAsync<(string Subject, string Json)>()).ToDictionary(row => row.Subject, row => Parse(row.Json));
        var used = (await rows.ReadAsync<(string Kind, decimal Quantity)>()).ToDictionary(row => row.Kind, row => row.Quantity);
        settings.Remove("", out var own);
        return new OrganizationLimits(own ?? LimitSettings.None, settings, used);
    }

    private static LimitSettings Parse(string json) => JsonSerializer.Deserialize(json, LimitSettingsJson.Default.LimitSettings) ?? LimitSettings.None;

    private static bool Same(OrganizationLimits one, OrganizationLimits other) =>
        one.Own.Requests == other.Own.Requests && one.BySubject.Count == other.BySubject.Count
        && one.BySubject.All(setting => other.BySubject.GetValueOrDefault(setting.Key)?.Requests == setting.Value.Requests);

    private static void MakeRoom<TKey, TValue>(ConcurrentDictionary<TKey, TValue> memory)
        where TKey : notnull
    {
        if (memory.Count >= Capacity)
        {
            memory.Clear();
        }
    }

    private sealed record Known(OrganizationLimits Limits, long ReadAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The limits of an organization could not be read; what was known goes on.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
