using Npgsql;
using Voice.ServiceDefaults.Live;

namespace Voice.Safety.Interventions;

/// <summary>
/// Tells live sessions of committed interventions: at once when notified, again with growing pauses while Redis is away, until the
/// session would not care any more. A crash between telling and settling tells twice; the intervention's id is the same both times.
/// </summary>
internal sealed partial class InterventionPublisher(
    NpgsqlDataSource dataSource, LiveChannel live, SafetyMetrics metrics, TimeProvider timeProvider, ILogger<InterventionPublisher> logger) : BackgroundService
{
    private const int BatchSize = 20;

    /// <summary>How often to look without having been told: also the resolution of retries.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>An answer to something said half an hour ago helps nobody; the record and its readers remain.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>The client queues while Redis is away; a row is not kept locked for that.</summary>
    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
            {
                Log.DatabaseLost(logger, failure);
                await Task.Delay(ReconnectPause, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // A connection of its own: notifications arrive on it, and it is not in the pool's way while it waits.
        await using var listening = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"listen {InterventionStore.Channel}", listening))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            while (await PublishDueAsync(cancellationToken) == BatchSize)
            {
                // A full batch: there may be more.
            }

            await listening.WaitAsync(PollInterval, cancellationToken);
        }
    }

    private async Task<int> PublishDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var due = await InterventionStore.TakeDueAsync(connection, transaction, timeProvider.GetUtcNow(), BatchSize, cancellationToken);
        foreach (var delivery in due)
        {
            var error = await TryPublishAsync(delivery.Intervention, cancellationToken);
            var now = timeProvider.GetUtcNow();
            var next = error is not null && now - delivery.Intervention.OccurredAt < Patience ? now + PauseAfter(delivery.Attempts) : (DateTimeOffset?)null;
            await InterventionStore.SettleAsync(connection, transaction, delivery.Intervention.Id, now, error, next, cancellationToken);
            if (error is not null && next is null)
            {
                Log.Abandoned(logger, delivery.Intervention.Id, delivery.Intervention.SessionId);
            }

            if (error is not null)
            {
                // The next would meet the same Redis, and hold these rows while it waits.
                break;
            }
        }

        await transaction.CommitAsync(CancellationToken.None);
        return due.Count;
    }

    /// <summary>Null, or why not.</summary>
    private async Task<string?> TryPublishAsync(Intervention intervention, CancellationToken cancellationToken)
    {
        try
        {
            await live.PublishAsync(intervention.AsLive(), cancellationToken).WaitAsync(PublishLimit, timeProvider, cancellationToken);
            metrics.Published(timeProvider.GetUtcNow() - intervention.OccurredAt);
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever Redis has, the delivery stays due until it is over.
            Log.PublishFailed(logger, intervention.Id, intervention.SessionId, failure);
            metrics.PublishFailed();
            return $"{failure.GetType().Name}: {failure.Message}";
        }
    }

    private static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(attempts, 6)));
}
