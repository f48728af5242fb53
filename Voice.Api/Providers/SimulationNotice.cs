namespace Voice.Api.Providers;

/// <summary>Nobody must take a simulated platform for a real one.</summary>
internal sealed partial class SimulationNotice(ILogger<SimulationNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Simulated(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "SIMULATED: this service understands nothing and answers everything alike (Inference:Engine=simulated). For load tests and demonstrations only.")]
        public static partial void Simulated(ILogger logger);
    }
}
