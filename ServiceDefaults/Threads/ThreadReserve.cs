using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Threads;

/// <summary>
/// More threads, at once, where all of the pool's are blocked. The pool itself adds one in half a second, and it begins with one per core: a
/// PostgreSQL that hangs would silence every conversation of a process for as many half seconds as commands run out of time, since the
/// driver blocks a thread for each while it asks the server to cancel (twice its connection timeout, 30 s by default).
/// </summary>
internal sealed partial class ThreadReserve(ILogger<ThreadReserve> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks in a row at which work waited and none was finished.</summary>
    private const int Patience = 2;

    /// <summary>Looks in a row at which there was no such thing, until the pool is what it was: half a minute.</summary>
    private const int Calm = 600;

    private const int MaxAdded = 32;
    private const int MaxThreads = 512;

    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not one of the pool's, since those are what it watches.
        _thread = new Thread(Watch) { IsBackground = true, Name = "thread reserve" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Set();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
    }

    private void Watch()
    {
        ThreadPool.GetMinThreads(out var usual, out var ports);
        var (done, stuck, calm, added) = (ThreadPool.CompletedWorkItemCount, 0, 0, false);
        while (!_stop.Wait(Interval))
        {
            var (before, waiting) = (done, ThreadPool.PendingWorkItemCount);
            done = ThreadPool.CompletedWorkItemCount;
            stuck = waiting > 0 && done == before ? stuck + 1 : 0;
            calm = stuck == 0 ? calm + 1 : 0;
            if (stuck >= Patience)
            {
                var threads = (int)Math.Min(ThreadPool.ThreadCount + Math.Clamp(waiting, 1, MaxAdded), MaxThreads);
                added = ThreadPool.SetMinThreads(threads, ports);
                stuck = 0;
                Log.Added(logger, threads, waiting);
            }
            else if (added && calm >= Calm)
            {
                ThreadPool.SetMinThreads(usual, ports);
                added = false;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No thread of the pool became free for a while: there may be {Threads} now, for {Waiting} pieces of work that waited")]
        public static partial void Added(ILogger logger, int threads, long waiting);
    }
}
