using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Edge;

/// <summary>One thread that is all the clients: as fast as they are answered, or at a rate that nothing slows down.</summary>
internal static class HttpLoad
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    /// <summary>Each connection asks again as soon as it is answered.</summary>
    public static Task<HttpLoadResult> SaturateAsync(
        BenchmarkContext context, IReadOnlyList<(Uri Address, string? Token)> clients, TimeSpan warmUp, TimeSpan length, CancellationToken cancellationToken) =>
        OnThreadAsync(() => Run(context.Time, clients, null, warmUp, length, cancellationToken));

    /// <summary>So many a second over all connections. Latency runs from when a request was due, whether a connection was free or not.</summary>
    public static Task<HttpLoadResult> PaceAsync(
        BenchmarkContext context, IReadOnlyList<(Uri Address, string? Token)> clients, double rate, TimeSpan warmUp, TimeSpan length,
        CancellationToken cancellationToken) =>
        OnThreadAsync(() => Run(context.Time, clients, rate, warmUp, length, cancellationToken));

    private static Task<HttpLoadResult> OnThreadAsync(Func<HttpLoadResult> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static HttpLoadResult Run(
        TimeProvider time, IReadOnlyList<(Uri Address, string? Token)> clients, double? rate, TimeSpan warmUp, TimeSpan length, CancellationToken cancellationToken)
    {
        using var epoll = new Epoll();
        var connections = clients.Select(client => new HttpConnection(client.Address, client.Token)).ToArray();
        try
        {
            for (var i = 0; i < connections.Length; i++)
            {
                epoll.Watch(connections[i].Handle, i);
            }

            return new Pass(time, epoll, connections, rate).Run(warmUp, length, cancellationToken);
        }
        finally
        {
            foreach (var connection in connections)
            {
                connection.Dispose();
            }
        }
    }

    private sealed class Pass(TimeProvider time, Epoll epoll, HttpConnection[] connections, double? rate)
    {
        private readonly LatencyRecord _latency = new();
        private readonly Dictionary<int, long> _statuses = [];
        private readonly Stack<HttpConnection> _free = new(connections);
        private readonly double _interval = rate is { } perSecond ? time.TimestampFrequency / perSecond : 0;
        private double _due;

        public HttpLoadResult Run(TimeSpan warmUp, TimeSpan length, CancellationToken cancellationToken)
        {
            Span<int> ready = stackalloc int[512];
            var started = time.GetTimestamp();
            var counting = warmUp == TimeSpan.Zero;
            var countedFrom = started;
            _due = started;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var now = time.GetTimestamp();
                if (!counting && time.GetElapsedTime(started, now) >= warmUp)
                {
                    (counting, countedFrom) = (true, now);
                    _latency.Take();
                    _statuses.Clear();
                }

                if (counting && time.GetElapsedTime(countedFrom, now) >= length)
                {
                    return new HttpLoadResult(_latency, _statuses, time.GetElapsedTime(countedFrom, now));
                }

                Ask(now);
                var wait = rate is null ? Longest : TimeSpan.FromTicks(Math.Max(0, (long)((_due - time.GetTimestamp()) * TimeSpan.TicksPerSecond / time.TimestampFrequency)));
                foreach (var index in ready[..epoll.Wait(_free.Count == 0 || wait > Longest ? Longest : wait, ready)])
                {
                    Receive(connections[index]);
                }
            }
        }

        private void Ask(long now)
        {
            if (rate is null)
            {
                while (_free.TryPop(out var free))
                {
                    free.Ask(now);
                }

                return;
            }

            while (_due <= now && _free.TryPop(out var free))
            {
                free.Ask((long)_due);
                _due += _interval;
            }
        }

        private void Receive(HttpConnection connection)
        {
            var askedAt = connection.AskedAt;
            if (connection.Receive() is not 0 and var status)
            {
                _latency.Add(time.GetElapsedTime(askedAt));
                _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
                _free.Push(connection);
            }
        }
    }
}

/// <param name="Statuses">How many answers of each status.</param>
internal sealed record HttpLoadResult(LatencyRecord Latency, IReadOnlyDictionary<int, long> Statuses, TimeSpan Length)
{
    public double PerSecond => Latency.Count / Length.TotalSeconds;

    /// <summary>A proxy that answers something else is not measured.</summary>
    public HttpLoadResult AllOk(string what) => Statuses.All(status => status.Key == 200)
        ? this
        : throw new BenchmarkException($"{what} answered {string.Join(", ", Statuses.Select(status => $"{status.Key} {status.Value} times"))}.");
}
