using Microsoft.Extensions.Options;

namespace Voice.Api.Sessions;

/// <summary>Says of all conversations of this process, in one statement, that they are alive; ends them when the service stops.</summary>
internal sealed partial class SessionHeartbeat(
    SessionJournals journals,
    SessionStore store,
    LiveSessions live,
    IOptions<SessionRecordOptions> options,
    TimeProvider time,
    ILogger<SessionHeartbeat> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Stops after the web server did: whatever is open now, its connection did not end.
        await journals.EndAllAsync("server_shutdown", cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.HeartbeatInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (journals.SessionIds is { Count: > 0 } ids)
            {
                await BeatAsync(ids, stoppingToken);
            }
        }
    }

    private async Task BeatAsync(IReadOnlyCollection<string> ids, CancellationToken stoppingToken)
    {
        try
        {
            await store.BeatAsync(ids, time.GetUtcNow(), stoppingToken);
            await live.KeepAsync(ids);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The next beat is soon; the sweeper waits for a database that is back before it believes in silence.
            Log.Missed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A heartbeat of the live sessions could not be stored")]
        public static partial void Missed(ILogger logger, Exception exception);
    }
}
