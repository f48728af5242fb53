using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>One subscription's loop in one process: claims what is free while there is room, and runs each delivery beside the others.</summary>
internal sealed partial class PostgresConsumer(
    string subscription, SubscriptionOptions options, DeliveryTable table, DeliveryWork work,
    NpgsqlDataSource dataSource, TimeProvider timeProvider, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly NotificationListener _notifications = new(dataSource, PostgresTransport.ChannelOf(subscription), timeProvider, logger);
    private readonly CancellationTokenSource _finishing = new();

    // Touched by the loop only; deliveries end by waking it.
    private readonly List<Task> _running = [];

    private readonly Lock _gate = new();
    private DateTimeOffset _nextRetry = DateTimeOffset.MaxValue;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.PollInterval;
            try
            {
                if (await FillAsync())
                {
                    continue;
                }

                failures = 0;
            }
            catch (Exception exception)
            {
                // Whatever the database has, the messages stay where they are until it is over.
                failures++;
                Log.ClaimFailed(logger, subscription, failures, exception);
                pause = TimeSpan.FromTicks(Math.Min(MaxPause.Ticks, FirstPause.Ticks << Math.Min(failures, 10)));
            }

            await _notifications.WaitAsync(UntilNextRetry(pause), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // What is in progress may finish within the time for stopping; then it is told to roll back, and is waited for.
        using var patience = timeProvider.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), _finishing, options.StopTimeout, Timeout.InfiniteTimeSpan);
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync() => await _notifications.DisposeAsync();

    /// <summary>True when there may be more to claim at once.</summary>
    private async Task<bool> FillAsync()
    {
        _running.RemoveAll(task => task.IsCompleted);
        var room = options.MaxConcurrency - _running.Count;
        if (room <= 0)
        {
            return false;
        }

        // Not cancelled by stopping: a claim that the database made and nobody heard of would wait for its lease to end.
        var claimed = await table.ClaimAsync(room, CancellationToken.None);
        foreach (var delivery in claimed)
        {
            _running.Add(DeliverAsync(delivery));
        }

        return claimed.Count == room;
    }

    private async Task DeliverAsync(LeasedDelivery delivery)
    {
        // Off the loop at once, whatever the handler does before its first await.
        await Task.Yield();
        if (await work.DoAsync(delivery, _finishing.Token) is { } retryAfter)
        {
            RetryAt(timeProvider.GetUtcNow() + retryAfter);
        }

        _notifications.Wake();
    }

    private void RetryAt(DateTimeOffset time)
    {
        lock (_gate)
        {
            _nextRetry = time < _nextRetry ? time : _nextRetry;
        }
    }

    private TimeSpan UntilNextRetry(TimeSpan pause)
    {
        lock (_gate)
        {
            var wait = _nextRetry - timeProvider.GetUtcNow();
            if (wait <= TimeSpan.Zero)
            {
                // Due now or missed by a moment; the interval finds what this leaves behind.
                _nextRetry = DateTimeOffset.MaxValue;
                return TimeSpan.FromMilliseconds(10);
            }

            return wait < pause ? wait : pause;
        }
    }
}
