using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>
/// Runs the handler of a message. The handler's writes and the message id are one transaction, so that a message that comes again has
/// no second effect; a message that comes again while its first delivery is still at work waits for that transaction's end.
/// </summary>
internal sealed partial class HandlerRunner(
    SubscriptionRegistration registration, NpgsqlDataSource dataSource, IServiceScopeFactory scopes, ILogger<HandlerRunner> logger)
{
    public async Task<DeliveryResult> RunAsync(MessageDelivery delivery, CancellationToken cancellationToken)
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
            await RunInTransactionAsync(handler, message, delivery, cancellationToken);
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

    private async Task RunInTransactionAsync(
        MessageHandlerCall handler, ISessionMessage message, MessageDelivery delivery, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var remember = new NpgsqlCommand(
            $"insert into {registration.Schema}.inbox (subscription, message_id) values ($1, $2) on conflict do nothing", connection, transaction))
        {
            remember.Parameters.Add(new() { Value = registration.Subscription });
            remember.Parameters.Add(new() { Value = delivery.Message.Id });
            // Once for each connection; then the server neither parses nor plans it again.
            await remember.PrepareAsync(cancellationToken);
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
}
