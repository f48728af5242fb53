using Npgsql;

namespace Voice.Inference.Providers.Metering;

/// <summary>Writes down every second what was counted, and the rest when the worker stops.</summary>
internal sealed partial class ProviderUsageKeeping(ProviderUsageStore store, TimeProvider time, ILogger<ProviderUsageKeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The worker stops.
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.FlushAsync(cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            Log.NotKept(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What providers were used for cannot be kept and will be tried again")]
        public static partial void NotKept(ILogger logger, Exception failure);
    }
}
