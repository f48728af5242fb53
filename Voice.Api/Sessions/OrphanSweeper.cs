using Microsoft.Extensions.Options;
using Npgsql;

namespace Voice.Api.Sessions;

/// <summary>
/// Ends sessions whose server died, from what it had stored: <c>server_lost</c>, at the last heartbeat. Any process may sweep any session.
/// A session must be silent in two sweeps in a row: after an outage of the database every heartbeat is old, and the living ones need a
/// moment to say so.
/// </summary>
internal sealed partial class OrphanSweeper(
    NpgsqlDataSource database,
    SessionEnding ending,
    SessionJournals journals,
    SessionRecordMetrics metrics,
    IOptions<SessionRecordOptions> options,
    TimeProvider time,
    ILogger<OrphanSweeper> logger) : BackgroundService
{
    private const int BatchSize = 100;

    private Dictionary<string, DateTimeOffset> _suspects = [];

    /// <returns>How many sessions were ended.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var silent = await FindSilentAsync(cancellationToken);
        var ended = 0;
        foreach (var (id, heartbeatAt) in silent)
        {
            if (_suspects.TryGetValue(id, out var before) && before == heartbeatAt && await EndAsync(id, heartbeatAt, cancellationToken))
            {
                ended++;
            }
        }

        _suspects = silent;
        return ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // What was seen before an outage proves nothing after it.
                _suspects = [];
                Log.Failed(logger, exception);
            }
        }
    }

    private async Task<bool> EndAsync(string sessionId, DateTimeOffset heartbeatAt, CancellationToken cancellationToken)
    {
        try
        {
            var ended = await ending.EndAsync(sessionId, "server_lost", heartbeatAt, silentSince: heartbeatAt, cancellationToken);
            if (ended)
            {
                metrics.Orphaned();
                Log.Ended(logger, sessionId);
            }

            return ended;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One session whose blobs cannot be reached must not keep the others open; it is tried again at the next sweep.
            Log.NotEnded(logger, sessionId, exception);
            return false;
        }
    }

    private async Task<Dictionary<string, DateTimeOffset>> FindSilentAsync(CancellationToken cancellationToken)
    {
        const string Select = """
            select id, heartbeat_at from voice.sessions where status = 'active' and heartbeat_at < $1 order by heartbeat_at limit $2
            """;
        await using var command = database.CreateCommand(Select);
        command.Parameters.Add(new() { Value = (time.GetUtcNow() - options.Value.OrphanAfter).ToUniversalTime() });
        command.Parameters.Add(new() { Value = BatchSize });
        var silent = new Dictionary<string, DateTimeOffset>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!journals.Holds(reader.GetString(0)))
            {
                silent[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
            }
        }

        return silent;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The server of {SessionId} is gone; the session was ended from what was stored")]
        public static partial void Ended(ILogger logger, string sessionId);

        [LoggerMessage(2, LogLevel.Warning, "The orphaned {SessionId} could not be ended and will be tried again")]
        public static partial void NotEnded(ILogger logger, string sessionId, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "Looking for orphaned sessions failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
