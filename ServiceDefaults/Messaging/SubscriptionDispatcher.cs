using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>
/// Runs a subscription's handlers. The handler's writes and the message id are one transaction, so that a message that comes again has
/// no second effect; a message that comes again while its first delivery is still at work waits for that transaction's end.
/// </summary>
internal sealed partial class SubscriptionDispatcher(
    SubscriptionRegistration registration, IMessageTransport transport, NpgsqlDataSource dataSource, IServiceScopeFactory scopes,
    MessagingTelemetry telemetry, IOptions<SubscriptionOptions> options, TimeProvider timeProvider, ILogger<SubscriptionDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan CleaningInterval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var cleaning = CleanInboxAsync(stoppingToken);
        await transport.ReceiveAsync(registration.Subscription, options.Value, HandleAsync, stoppingToken);
        await cleaning;
    }

    private async Task<DeliveryResult> HandleAsync(MessageDelivery delivery, CancellationToken cancellationToken)
    {
        var message = delivery.Message;
        var started = timeProvider.GetTimestamp();
        using var activity = MessagingTelemetry.Source.StartActivity($"handle {message.Type}", ActivityKind.Consumer, message.TraceParent);
        activity?.SetTag("messaging.destination.subscription.name", registration.Subscription);
        activity?.SetTag("messaging.message.id", message.Id);
        activity?.SetTag("voice.session_id", message.Key);
        using var scope = logger.BeginScope(new Dictionary<string, object?> { ["message_id"] = message.Id, ["session_id"] = message.Key });

        var result = await TryHandleAsync(delivery, cancellationToken);
        if (result.Outcome is DeliveryOutcome.Retry or DeliveryOutcome.DeadLetter)
        {
            activity?.SetStatus(ActivityStatusCode.Error, result.Reason);
        }

        telemetry.Handled(registration.Subscription, message.Type, result.Outcome, timeProvider.GetElapsedTime(started), timeProvider.GetUtcNow() - message.CreatedAt);
        return result;
    }

    private async Task<DeliveryResult> TryHandleAsync(MessageDelivery delivery, CancellationToken cancellationToken)
    {
        var type = delivery.Message.Type;
        if (!registration.Handlers.TryGetValue(type, out var handler))
        {
            Log.Unread(logger, registration.Subscription, type);
            return DeliveryResult.Completed;
        }

        ISessionMessage message;
        try
        {
            message = JsonSerializer.Deserialize(delivery.Message.Body, MessageTypes.Find(type)!) as ISessionMessage
                ?? throw new JsonException("The body is null.");
        }
        catch (JsonException exception)
        {
            return DeliveryResult.DeadLetter($"The body is no {type}: {exception.Message}");
        }

        try
        {
            await RunAsync(handler, message, delivery, cancellationToken);
            return DeliveryResult.Completed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return DeliveryResult.Released;
        }
        catch (Exception exception)
        {
            // Any failure of a handler is a retry; the transport decides when it has been enough.
            Log.HandlerFailed(logger, registration.Subscription, type, delivery.Attempt, exception);
            return DeliveryResult.Retry($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private async Task RunAsync(
        Func<IServiceProvider, ISessionMessage, MessageContext, CancellationToken, Task> handler, ISessionMessage message, MessageDelivery delivery, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var remember = new NpgsqlCommand(
            $"insert into {registration.Schema}.inbox (subscription, message_id) values ($1, $2) on conflict do nothing", connection, transaction))
        {
            remember.Parameters.Add(new() { Value = registration.Subscription });
            remember.Parameters.Add(new() { Value = delivery.Message.Id });
            if (await remember.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                Log.Repeated(logger, registration.Subscription, delivery.Message.Id);
                return;
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        await handler(scope.ServiceProvider, message, new MessageContext(delivery.Message.Id, delivery.Attempt, connection, transaction), cancellationToken);

        // Commits although it may have been told to stop by now: the work is done, only the answer is missing.
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task CleanInboxAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CleaningInterval, timeProvider);
        while (await WaitAsync(timer, stoppingToken))
        {
            try
            {
                await using var command = dataSource.CreateCommand($"delete from {registration.Schema}.inbox where subscription = $1 and handled_at < now() - $2");
                command.Parameters.Add(new() { Value = registration.Subscription });
                command.Parameters.Add(new() { Value = options.Value.InboxRetention });
                await command.ExecuteNonQueryAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                Log.CleaningFailed(logger, registration.Schema, exception);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
