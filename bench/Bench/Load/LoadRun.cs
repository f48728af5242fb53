using Voice.Bench.Running;

namespace Voice.Bench.Load;

/// <summary>A loop with its clients, and what it and the servers used meanwhile.</summary>
internal sealed class LoadRun(BenchmarkContext context) : IDisposable
{
    /// <summary>Beyond this the generator's own lateness is part of what it measured.</summary>
    private const double LatestMs = 2;

    private readonly LoadLoop _loop = new(context.Time);

    public LoadLoop Loop => _loop;

    /// <summary>The worst that was seen while something was measured.</summary>
    public double LatenessMs { get; private set; }

    /// <summary>Connects them one after the other, at most 100 a second.</summary>
    public async Task<IReadOnlyList<TClient>> AddAsync<TClient>(int count, Func<int, TClient> make, CancellationToken cancellationToken)
        where TClient : LoadClient
    {
        var clients = new List<TClient>(count);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10), context.Time);
        for (var i = 0; i < count; i++)
        {
            var client = await Task.Run(() => make(i), cancellationToken);
            clients.Add(client);
            await _loop.AddAsync(client, cancellationToken);
            await tick.WaitForNextTickAsync(cancellationToken);
        }

        return clients;
    }

    public async Task LeaveAsync(IEnumerable<LoadClient> clients, CancellationToken cancellationToken)
    {
        await _loop.AskAsync(
            () =>
            {
                foreach (var client in clients)
                {
                    client.Leave();
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Lets the load run, says how late the generator was, and gives the share of one core that each process used.</summary>
    public async Task<IReadOnlyDictionary<string, double>> MeasureAsync(
        string label, TimeSpan length, IReadOnlyDictionary<string, int> processes, CancellationToken cancellationToken)
    {
        await _loop.TakeLatenessAsync(cancellationToken);
        var own = Environment.ProcessId;
        var before = processes.Append(new("generator", own)).ToDictionary(process => process.Key, process => ProcessUsage.Of(process.Value).CpuSeconds);
        var started = context.Time.GetTimestamp();
        await Task.Delay(length, context.Time, cancellationToken);
        var seconds = context.Time.GetElapsedTime(started).TotalSeconds;
        var shares = processes.Append(new("generator", own))
            .ToDictionary(process => process.Key, process => (ProcessUsage.Of(process.Value).CpuSeconds - before[process.Key]) / seconds);
        var lateness = (await _loop.TakeLatenessAsync(cancellationToken)).Percentile(99);
        LatenessMs = Math.Max(LatenessMs, lateness);
        await context.Progress.WriteLineAsync(
            $"{label}: generator {lateness:0.00} ms late at p99{(lateness > LatestMs ? " (TOO LATE: do not trust this)" : "")}; cores: "
            + string.Join(", ", shares.Select(share => $"{share.Key} {share.Value:0.000}")));
        return shares;
    }

    public void Dispose() => _loop.Dispose();
}
