using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Voice.Api.Realtime;

/// <summary>
/// A server that was told to stop begins nothing new, says so to its clients, and ends what is left when its time is up. The web server
/// listens meanwhile: for clients that come back, for those that have to be told to go elsewhere, and for the readiness probe.
/// </summary>
internal sealed partial class RealtimeDrain(
    RealtimeSessions sessions, IOptions<RealtimeOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RealtimeDrain> logger)
    : IHostedLifecycleService, IHealthCheck, IDisposable
{
    private CancellationTokenRegistration _stopping;
    private readonly Lock _gate = new();
    private Task? _draining;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(() => Begin());
        return Task.CompletedTask;
    }

    /// <summary>Comes before the web server is stopped; after <see cref="IHostApplicationLifetime.ApplicationStopping"/> where a signal stops the process, else before.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken) =>
        await Begin().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(sessions.Draining ? HealthCheckResult.Unhealthy("draining") : HealthCheckResult.Healthy());

    public void Dispose() => _stopping.Dispose();

    private Task Begin()
    {
        lock (_gate)
        {
            return _draining ??= DrainAsync();
        }
    }

    private async Task DrainAsync()
    {
        sessions.Drain(options.Value.DrainLimit);
        if (sessions.Count == 0)
        {
            return;
        }

        Log.Draining(logger, sessions.Count, options.Value.DrainLimit);
        using var limit = new CancellationTokenSource(options.Value.DrainLimit, time);
        await sessions.AllEnded.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Log.Ending(logger, sessions.Count);
        sessions.StopAll();
        await sessions.AllEnded;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Stopping: {Count} sessions have {Limit} to end by themselves")]
        public static partial void Draining(ILogger logger, int count, TimeSpan limit);

        [LoggerMessage(2, LogLevel.Information, "Stopping: {Count} sessions are ended")]
        public static partial void Ending(ILogger logger, int count);
    }
}
