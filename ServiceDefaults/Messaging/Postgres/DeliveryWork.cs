using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>One claimed message from the handler's first line to the row's last statement, with its lease renewed in between.</summary>
internal sealed partial class DeliveryWork(
    string subscription, SubscriptionOptions options, DeliveryTable table, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler,
    TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Never throws. Returns when the message is due again, if this process should look then.</summary>
    public async Task<TimeSpan?> DoAsync(LeasedDelivery delivery, CancellationToken finishing)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(finishing);
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(delivery, lost, ended.Token);
        var result = await HandleAsync(delivery.Delivery, lost.Token);
        await ended.CancelAsync();
        await renewing;
        try
        {
            return await SettleAsync(delivery, result);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            // The lease runs out and the message comes again; the inbox knows whether it was handled.
            Log.SettleFailed(logger, subscription, delivery.Delivery.Message.Id, exception);
            return options.Lease;
        }
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

    private async Task<TimeSpan?> SettleAsync(LeasedDelivery delivery, DeliveryResult result)
    {
        var (message, attempt) = (delivery.Delivery.Message, delivery.Delivery.Attempt);
        var reason = result.Reason ?? "unknown";
        switch (result.Outcome)
        {
            case DeliveryOutcome.Completed:
                await table.CompleteAsync(delivery, CancellationToken.None);
                return null;
            case DeliveryOutcome.Released:
                await table.ReleaseAsync(delivery, CancellationToken.None);
                return null;
            case DeliveryOutcome.Retry when attempt < options.MaxAttempts:
                var pause = options.PauseAfter(attempt);
                await table.RetryAsync(delivery, pause, reason, CancellationToken.None);
                Log.Retried(logger, subscription, message.Id, message.Type, attempt, pause, reason);
                return pause;
            default:
                await table.DeadLetterAsync(delivery, reason, CancellationToken.None);
                Log.DeadLettered(logger, subscription, message.Id, message.Type, attempt, reason);
                return null;
        }
    }
}
