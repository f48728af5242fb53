using Azure;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Voice.Inference.TranscriptionJobs;

/// <summary>Deletes the audio of jobs that are over, and jobs that have expired. Every worker does; what one has deleted the next does not find.</summary>
internal sealed partial class JobUpkeep(JobStore jobs, IOptions<TranscriptionJobOptions> options, TimeProvider time, ILogger<JobUpkeep> logger) : BackgroundService
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
            await jobs.CleanAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or RequestFailedException or AggregateException)
        {
            Log.NotCleaned(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Jobs that are over could not be cleaned up; the next round tries again")]
        public static partial void NotCleaned(ILogger logger, Exception exception);
    }
}
