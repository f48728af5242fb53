using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>Forgets ids of handled messages that can no longer come again.</summary>
internal sealed partial class InboxCleaning(
    SubscriptionRegistration registration, NpgsqlDataSource dataSource, IOptions<SubscriptionOptions> options, TimeProvider timeProvider,
    ILogger<InboxCleaning> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, timeProvider);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CleanAsync(stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = dataSource.CreateCommand(
                $"delete from {registration.Schema}.inbox where subscription = $1 and handled_at < now() - $2");
            command.Parameters.Add(new() { Value = registration.Subscription });
            command.Parameters.Add(new() { Value = options.Value.InboxRetention });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            // The next hour is early enough.
            Log.CleaningFailed(logger, registration.Schema, exception);
        }
    }
}
