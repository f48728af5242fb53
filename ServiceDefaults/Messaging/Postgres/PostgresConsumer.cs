using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>One subscription's loop in one process: claims what is free while there is room, and runs each delivery beside the others.</summary>
internal sealed partial class PostgresConsumer(
    string subscription, SubscriptionOptions options, DeliveryTable table, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler,
    NpgsqlDataSource dataSource, TimeProvider timeProvider, ILogger logger) : IAsyncDisposable
{
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
                if (await FillAsync(stoppingToken))
                {
                    continue;
                }

                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                failures++;
                Log.ClaimFailed(logger, subscription, failures, exception);
                pause = TimeSpan.FromTicks(Math.Min(MaxPause.Ticks, TimeSpan.FromMilliseconds(250).Ticks << Math.Min(failures, 10)));
            }

            await _notifications.WaitAsync(UntilNextRetry(pause), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _notifications.DisposeAsync();
        _finishing.Dispose();
    }

    /// <summary>True when there may be more to claim at once.</summary>
    private async Task<bool> FillAsync(CancellationToken stoppingToken)
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
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(_finishing.Token);
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(delivery, lost, ended.Token);
        var result = await HandleAsync(delivery.Delivery, lost.Token);
        await ended.CancelAsync();
        await renewing;
        try
        {
            await SettleAsync(delivery, result);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            // The lease runs out and the message comes again; the inbox knows whether it was handled.
            Log.SettleFailed(logger, subscription, delivery.Delivery.Message.Id, exception);
        }

        _notifications.Wake();
    }

    private async Task<DeliveryResult> HandleAsync(MessageDelivery delivery, CancellationToken lost)
    {
        if (delivery.Attempt > options.MaxAttempts)
        {
            // Nobody said why it failed before: whoever had it died, and so would this process.
            return DeliveryResult.DeadLetter($"The consumer ended without an answer in the last of {options.MaxAttempts} attempts.");
        }

        try
        {
            return await handler(delivery, lost);
        }
        catch (Exception exception)
        {
            return DeliveryResult.Retry($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private async Task RenewAsync(LeasedDelivery delivery, CancellationTokenSource lost, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, timeProvider);
        while (!ended.IsCancellationRequested)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(ended) || await table.RenewAsync(delivery, ended))
                {
                    continue;
                }

                Log.LeaseLost(logger, subscription, delivery.Delivery.Message.Id);
                await lost.CancelAsync();
                return;
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // The next tick tries again, before the lease is over.
                Log.RenewFailed(logger, subscription, delivery.Delivery.Message.Id, exception);
            }
        }
    }

    private async Task SettleAsync(LeasedDelivery delivery, DeliveryResult result)
    {
        var (message, attempt) = (delivery.Delivery.Message, delivery.Delivery.Attempt);
        var reason = result.Reason ?? "unknown";
        switch (result.Outcome)
        {
            case DeliveryOutcome.Completed:
                await table.CompleteAsync(delivery, CancellationToken.None);
                break;
            case DeliveryOutcome.Released:
                await table.ReleaseAsync(delivery, CancellationToken.None);
                break;
            case DeliveryOutcome.Retry when attempt < options.MaxAttempts:
                var pause = options.PauseAfter(attempt);
                await table.RetryAsync(delivery, pause, reason, CancellationToken.None);
                RetryAt(timeProvider.GetUtcNow() + pause);
                Log.Retried(logger, subscription, message.Id, message.Type, message.Key, attempt, pause, reason);
                break;
            default:
                await table.DeadLetterAsync(delivery, reason, CancellationToken.None);
                Log.DeadLettered(logger, subscription, message.Id, message.Type, message.Key, attempt, reason);
                break;
        }
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

    /// <summary>What is in progress may finish within the time for stopping; then it is told to roll back, and is waited for.</summary>
    private async Task FinishAsync()
    {
        var all = Task.WhenAll(_running);
        _finishing.CancelAfter(options.StopTimeout);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
