using System.Collections.Concurrent;
using Npgsql;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>
/// What workers tell each other by <c>NOTIFY</c>: that there is work, that a run has a new event, that one is cancelled. A lost connection costs
/// speed only: everybody also looks for themselves now and then.
/// </summary>
internal sealed partial class RunSignals(NpgsqlDataSource database, TimeProvider time, ILogger<RunSignals> logger) : BackgroundService
{
    public const string Ready = "ready";
    public const string CancelPrefix = "cancel:";
    private const string EventPrefix = "event:";
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Listener, byte> _listeners = new();

    /// <summary>Until disposed. At most one signal is kept: several while nobody waits mean "look once".</summary>
    /// <param name="wants">By the message.</param>
    /// <param name="onMessage">Called on the connection's thread; must not block.</param>
    public Listener Listen(Func<string, bool> wants, Action<string>? onMessage = null)
    {
        var listener = new Listener(this, wants, onMessage);
        _listeners[listener] = 0;
        return listener;
    }

    public Listener ListenToRun(string runId) => Listen(message => message == EventPrefix + runId);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
            {
                Log.ListenFailed(logger, exception);
            }

            await Task.Delay(ReconnectPause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, notification) => Deliver(notification.Payload);
        await using (var listen = new NpgsqlCommand($"listen {RunEvents.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        // What was sent before this listened is found by looking.
        foreach (var listener in _listeners.Keys)
        {
            listener.Wake();
        }

        while (true)
        {
            await connection.WaitAsync(stoppingToken);
        }
    }

    private void Deliver(string message)
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Deliver(message);
        }
    }

    internal sealed class Listener(RunSignals signals, Func<string, bool> wants, Action<string>? onMessage) : IDisposable
    {
        private readonly SemaphoreSlim _signal = new(0, 1);
        private readonly Lock _gate = new();

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

        /// <summary>Until something came, or the time is over.</summary>
        public async Task WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
        {
            using var timer = time.CreateTimer(static state => ((Listener)state!).Wake(), this, limit, Timeout.InfiniteTimeSpan);
            await _signal.WaitAsync(cancellationToken);
        }

        // Not the semaphore: a timer that just fired may still release it, and it holds nothing to give back.
        public void Dispose() => signals._listeners.TryRemove(this, out _);

        internal void Deliver(string message)
        {
            if (wants(message))
            {
                onMessage?.Invoke(message);
                Wake();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The connection that tells of pipelines' work broke; it is opened again")]
        public static partial void ListenFailed(ILogger logger, Exception exception);
    }
}
