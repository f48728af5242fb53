using Azure;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Voice.Inference.Uploads;

/// <summary>Deletes uploads that have expired, with their files. Every worker does; what one has deleted the next does not find.</summary>
internal sealed partial class UploadUpkeep(UploadStore uploads, IOptions<UploadOptions> options, TimeProvider time, ILogger<UploadUpkeep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CleanEvery, time);
        try
        {
            do
            {
                await CleanAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await uploads.CleanAsync(cancellationToken) > 0)
            {
                // The next hundred.
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or RequestFailedException or AggregateException)
        {
            Log.NotCleaned(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Expired uploads could not be deleted; the next round tries again")]
        public static partial void NotCleaned(ILogger logger, Exception exception);
    }
}
