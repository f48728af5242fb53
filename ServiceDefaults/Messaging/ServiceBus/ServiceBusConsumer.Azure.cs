using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Messaging.ServiceBus;

/// <summary>One subscription's processor in one process. Service Bus gives a session to one consumer at a time, which keeps its order.</summary>
internal sealed partial class ServiceBusConsumer : IAsyncDisposable
{
    // Conversations are many and mostly silent; a slot must not wait long for a session's next message.
    private static readonly TimeSpan SessionIdleTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestHandling = TimeSpan.FromMinutes(10);

    // What Service Bus takes as a description; a longer one would fail the dead-lettering itself.
    private const int MaxDescription = 4096;

    private readonly string _subscription;
    private readonly SubscriptionOptions _options;
    private readonly Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> _handler;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ServiceBusSessionProcessor _processor;
    private readonly CancellationTokenSource _finishing = new();

    public ServiceBusConsumer(
        ServiceBusClient client, string subscription, SubscriptionOptions options, Func<MessageDelivery, CancellationToken, Task<DeliveryResult>> handler,
        TimeProvider timeProvider, ILogger logger)
    {
        (_subscription, _options, _handler, _timeProvider, _logger) = (subscription, options, handler, timeProvider, logger);
        _processor = client.CreateSessionProcessor(Topics.SessionEvents, subscription, new ServiceBusSessionProcessorOptions
        {
            AutoCompleteMessages = false,
            MaxConcurrentSessions = options.MaxConcurrency,
            MaxConcurrentCallsPerSession = 1,
            // A session is kept through the pause before a retry, or its later messages would overtake.
            MaxAutoLockRenewalDuration = options.MaxRetryPause + LongestHandling,
            SessionIdleTimeout = SessionIdleTimeout,
        });
        _processor.ProcessMessageAsync += ProcessAsync;
        _processor.ProcessErrorAsync += ReportAsync;
    }

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        await _processor.StartProcessingAsync(stoppingToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Takes no more, and returns when the deliveries in progress have ended; after the time for finishing they are told to.
        _finishing.CancelAfter(_options.StopTimeout);
        await _processor.StopProcessingAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _processor.DisposeAsync();
        _finishing.Dispose();
    }

    private async Task ProcessAsync(ProcessSessionMessageEventArgs args)
    {
        // Not the processor's own token, which is cancelled as soon as stopping begins.
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(_finishing.Token);
        Task OnLockLostAsync(SessionLockLostEventArgs _) => lost.CancelAsync();
        args.SessionLockLostAsync += OnLockLostAsync;
        try
        {
            if (ServiceBusEnvelope.FromMessage(args.Message) is not { } envelope)
            {
                await args.DeadLetterMessageAsync(args.Message, "unreadable", "Not sent by this platform's outbox.", CancellationToken.None);
                Log.Unreadable(_logger, _subscription, args.Message.MessageId);
                return;
            }

            var delivery = new MessageDelivery(envelope, ServiceBusEnvelope.Attempt(args.Message));
            await SettleAsync(args, delivery, await _handler(delivery, lost.Token), lost.Token);
        }
        catch (ServiceBusException exception)
        {
            // The lock runs out and the message comes again; the inbox knows whether it was handled.
            Log.SettleFailed(_logger, _subscription, args.Message.MessageId, exception);
        }
        finally
        {
            args.SessionLockLostAsync -= OnLockLostAsync;
        }
    }

    private async Task SettleAsync(ProcessSessionMessageEventArgs args, MessageDelivery delivery, DeliveryResult result, CancellationToken lost)
    {
        var (message, attempt) = (delivery.Message, delivery.Attempt);
        var reason = result.Reason ?? "unknown";
        switch (result.Outcome)
        {
            case DeliveryOutcome.Completed:
                await args.CompleteMessageAsync(args.Message, CancellationToken.None);
                break;
            case DeliveryOutcome.Released:
                args.ReleaseSession();
                await args.AbandonMessageAsync(args.Message, ServiceBusEnvelope.OneMoreRelease(args.Message), CancellationToken.None);
                break;
            case DeliveryOutcome.Retry when attempt < _options.MaxAttempts:
                var pause = _options.PauseAfter(attempt);
                Log.Retried(_logger, _subscription, message.Id, message.Type, message.Key, attempt, pause, reason);
                await PauseAsync(pause, args.CancellationToken, lost);
                await args.AbandonMessageAsync(args.Message, cancellationToken: CancellationToken.None);
                break;
            default:
                var why = result.Outcome == DeliveryOutcome.DeadLetter ? "rejected" : "attempts_used_up";
                await args.DeadLetterMessageAsync(args.Message, why, reason[..Math.Min(reason.Length, MaxDescription)], CancellationToken.None);
                Log.DeadLettered(_logger, _subscription, message.Id, message.Type, message.Key, attempt, reason);
                break;
        }
    }

    /// <summary>Service Bus gives an abandoned message out again at once, so the pause is made here; stopping ends it.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping, CancellationToken lost)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost);
        await Task.Delay(pause, _timeProvider, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task ReportAsync(ProcessErrorEventArgs args)
    {
        // The processor goes on by itself, with its own back-off.
        Log.ReceiveFailed(_logger, _subscription, args.ErrorSource, args.Exception);
        return Task.CompletedTask;
    }
}
