using Microsoft.Extensions.Options;

namespace Voice.Api.Realtime;

/// <summary>
/// How long work waits for a thread here, measured as every session feels it: by a timer that is late. Says whether this process is
/// overloaded, with hysteresis, so that the answer does not change with every conversation that ends.
/// </summary>
internal sealed class LoadMonitor(IOptions<RealtimeOptions> options, RealtimeMetrics metrics, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Ticks that are looked back on: a second. One garbage collection or one slow page is no overload.</summary>
    private const int Window = 20;

    private readonly TimeSpan[] _lags = new TimeSpan[Window];
    private int _next;
    private long _calmSince;
    private volatile bool _overloaded;

    public bool Overloaded => _overloaded;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the thread of the host's start, and measured on the pool where sessions run.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            await Task.Delay(Interval, time, stoppingToken);
            Observe(time.GetElapsedTime(started) - Interval);
        }
    }

    /// <summary>The median of a second is compared, so that half of it must have been slow.</summary>
    internal void Observe(TimeSpan lag)
    {
        _lags[_next] = lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
        _next = (_next + 1) % Window;
        metrics.SchedulingLag(lag);
        var median = _lags.Order().ElementAt((Window - 1) / 2);
        if (median > options.Value.MaxLag)
        {
            _overloaded = true;
            _calmSince = 0;
        }
        else if (_overloaded)
        {
            Recover(median);
        }
    }

    private void Recover(TimeSpan median)
    {
        if (median > options.Value.MaxLag / 2)
        {
            _calmSince = 0;
            return;
        }

        var now = time.GetTimestamp();
        _calmSince = _calmSince == 0 ? now : _calmSince;
        if (time.GetElapsedTime(_calmSince, now) >= options.Value.Calm)
        {
            _overloaded = false;
            _calmSince = 0;
        }
    }
}
