using Dapper;
using Npgsql;

namespace Voice.Gateway.Security.Cors;

/// <summary>
/// All allowed origins in one piece: a preflight comes from anybody, and must not cost a question to the database. Read again after <see cref="KeptFor"/>;
/// while it cannot be read, what was known goes on.
/// </summary>
internal sealed partial class OriginDirectory(NpgsqlDataSource database, TimeProvider time, ILogger<OriginDirectory> logger) : IDisposable
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private static readonly AllowedOrigins Nobody = new(new Dictionary<string, HashSet<string>>());

    private readonly SemaphoreSlim _one = new(1);
    private volatile Known? _known;
    private int _changes;

    public ValueTask<AllowedOrigins> GetAsync(CancellationToken cancellationToken) =>
        _known is { } known && IsFresh(known) ? new(known.Origins) : new(RefreshAsync(cancellationToken));

    /// <summary>After a change through this gateway; others feel it within <see cref="KeptFor"/>.</summary>
    public void Forget() => Interlocked.Increment(ref _changes);

    public void Dispose() => _one.Dispose();

    private bool IsFresh(Known known) => known.Changes == Volatile.Read(ref _changes) && time.GetElapsedTime(known.ReadAt) < KeptFor;

    private async Task<AllowedOrigins> RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_known is { } current && IsFresh(current))
            {
                return current.Origins;
            }

            // Counted before: what is changed meanwhile is read again.
            var (changes, readAt, origins) = (Volatile.Read(ref _changes), time.GetTimestamp(), _known?.Origins ?? Nobody);
            try
            {
                origins = await ReadAsync(cancellationToken);
            }
            catch (NpgsqlException exception)
            {
                Log.NotRead(logger, exception);
            }

            _known = new Known(origins, readAt, changes);
            return origins;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<AllowedOrigins> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Holder, string Origin)>(new CommandDefinition(
            """
            select id as Item1, unnest(allowed_origins) as Item2 from identity.organizations where allowed_origins <> '{}'
            union all
            select id, unnest(origins) from identity.api_keys where origins <> '{}' and revoked_at is null and (expires_at is null or expires_at > @now)
            """,
            new { now = time.GetUtcNow().UtcDateTime },
            cancellationToken: cancellationToken));
        return new AllowedOrigins(rows.GroupBy(row => row.Holder).ToDictionary(
            holder => holder.Key, holder => holder.Select(row => row.Origin).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal));
    }

    private sealed record Known(AllowedOrigins Origins, long ReadAt, int Changes);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The origins that organizations allow could not be read; what was known goes on.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
