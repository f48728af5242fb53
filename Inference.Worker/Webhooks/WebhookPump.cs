using Microsoft.Extensions.Options;
using Npgsql;

namespace Voice.Inference.Webhooks;

/// <summary>Sends what is due, a few at a time. Every worker does; a delivery is one worker's at a time.</summary>
internal sealed partial class WebhookPump(WebhookStore store, WebhookSender sender, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookPump> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.LookEvery, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what was under way is somebody else's when its lease is over.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await store.ClaimAsync(cancellationToken) is { Count: > 0 } due)
            {
                await Task.WhenAll(due.Select(delivery => sender.SendAsync(delivery, cancellationToken)));
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            Log.NotSent(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Webhooks could not be looked up or settled; they are tried again")]
        public static partial void NotSent(ILogger logger, Exception exception);
    }
}
