using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>Receives a subscription's messages for as long as the service runs, each in a span of its publisher's trace.</summary>
internal sealed class SubscriptionDispatcher(
    SubscriptionRegistration registration, IMessageTransport transport, HandlerRunner runner, SubscriptionOptions options, MessagingTelemetry telemetry,
    TimeProvider timeProvider, ILogger<SubscriptionDispatcher> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        transport.ReceiveAsync(registration.Subscription, options, HandleAsync, stoppingToken);

    private async Task<DeliveryResult> HandleAsync(MessageDelivery delivery, CancellationToken cancellationToken)
    {
        var message = delivery.Message;
        var started = timeProvider.GetTimestamp();
        using var activity = MessagingTelemetry.Source.StartActivity($"handle {message.Type}", ActivityKind.Consumer, message.TraceParent);
        activity?.SetTag("messaging.destination.subscription.name", registration.Subscription);
        activity?.SetTag("messaging.message.id", message.Id);
        activity?.SetTag("voice.session_id", message.Key);
        using var scope = logger.BeginScope(new Dictionary<string, object?> { ["message_id"] = message.Id, ["session_id"] = message.Key });

        var result = await runner.RunAsync(delivery, cancellationToken);
        if (result.Outcome is DeliveryOutcome.Retry or DeliveryOutcome.DeadLetter)
        {
            activity?.SetStatus(ActivityStatusCode.Error, result.Reason);
        }

        telemetry.Handled(
            registration.Subscription, message.Type, result.Outcome, timeProvider.GetElapsedTime(started), timeProvider.GetUtcNow() - message.CreatedAt);
        return result;
    }
}
