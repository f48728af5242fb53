using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>What becomes of a claimed message: what the handler makes of it, and what the row then becomes.</summary>
internal sealed partial class DeliveryWork(
    string subscription, SubscriptionOptions options, DeliveryTable table, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler, ILogger logger)
{
    /// <summary>Never throws.</summary>
    public async Task<DeliveryResult> HandleAsync(MessageDelivery delivery, CancellationToken lost)
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

    /// <summary>Ends a delivery that was not completed; never throws. Returns when the message is due again, if this process should look then.</summary>
    public async Task<TimeSpan?> SettleAsync(LeasedDelivery delivery, DeliveryResult result)
    {
        try
        {
            return await SettleRowAsync(delivery, result);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            // The lease runs out and the message comes again; the inbox knows whether it was handled.
            Unsettled(delivery, exception);
            return options.Lease;
        }
    }

    public void Unsettled(LeasedDelivery delivery, Exception exception) => Log.SettleFailed(logger, subscription, delivery.Delivery.Message.Id, exception);

    public void Lost(LeasedDelivery delivery) => Log.LeaseLost(logger, subscription, delivery.Delivery.Message.Id);

    private async Task<TimeSpan?> SettleRowAsync(LeasedDelivery delivery, DeliveryResult result)
    {
        var (message, attempt) = (delivery.Delivery.Message, delivery.Delivery.Attempt);
        var reason = result.Reason ?? "unknown";
        switch (result.Outcome)
        {
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
