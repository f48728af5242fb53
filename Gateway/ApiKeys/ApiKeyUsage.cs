using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Voice.Gateway.ApiKeys;

/// <summary>
/// Notes when keys were last used: requests only touch memory, and one statement every <see cref="Interval"/> writes what changed.
/// A gateway that is killed loses at most one interval of it.
/// </summary>
internal sealed partial class ApiKeyUsage(NpgsqlDataSource database, TimeProvider time, ILogger<ApiKeyUsage> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    public void Note(string keyId) => _used[keyId] = time.GetUtcNow();

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var taken = new List<KeyValuePair<string, DateTimeOffset>>();
        foreach (var (id, _) in _used)
        {
            if (_used.TryRemove(id, out var at))
            {
                taken.Add(new(id, at));
            }
        }

        if (taken.Count == 0)
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update identity.api_keys k set last_used_at = u.at
            from unnest(@ids, @times) as u (id, at)
            where k.id = u.id and (k.last_used_at is null or k.last_used_at < u.at)
            """,
            new { ids = taken.Select(t => t.Key).ToArray(), times = taken.Select(t => t.Value.UtcDateTime).ToArray() },
            cancellationToken: cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryFlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; what is still unwritten follows.
        }

        await TryFlushAsync(CancellationToken.None);
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            // A timestamp is not worth a failing request or a stopped gateway.
            Log.FlushFailed(logger, exception);
        }
    }
}
