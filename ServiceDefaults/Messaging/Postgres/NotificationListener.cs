using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

/// <summary>
/// Waits for a <c>NOTIFY</c> on a connection of its own, or for the time to look anyway. A lost connection costs speed, not messages:
/// the waits run to their end until it is back.
/// </summary>
public sealed partial class NotificationListener : IAsyncDisposable
{
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _dataSource;
    private readonly string _channel;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _listening;

    // At most one permit: notifications while nobody waits mean "look once".
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _gate = new();

    public NotificationListener(NpgsqlDataSource dataSource, string channel, TimeProvider timeProvider, ILogger logger)
    {
        (_dataSource, _channel, _timeProvider, _logger) = (dataSource, channel, timeProvider, logger);
        _listening = ListenAsync(_stopping.Token);
    }

    /// <summary>Ends the current or the next wait.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    public async Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = _timeProvider.CreateTimer(static state => ((NotificationListener)state!).Wake(), this, limit, Timeout.InfiniteTimeSpan);
        await _signal.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
        // Not the semaphore: the timer of a wait that just ended may still release it, and it holds nothing to give back.
        _stopping.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, _) => Wake();
                // In quotes: it is named after a subscription, and transcription-jobs is no plain name.
                await using (var listen = new NpgsqlCommand($"listen \"{_channel}\"", connection))
                {
                    await listen.ExecuteNonQueryAsync(cancellationToken);
                }

                // What was sent before the connection listened is found by looking.
                Wake();
                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
            {
                Log.ListenFailed(_logger, _channel, exception);
            }

            await Task.Delay(ReconnectPause, _timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
