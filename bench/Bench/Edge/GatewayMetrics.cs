using System.Globalization;
using System.Net.Http.Headers;
using Voice.Bench.Load;
using Voice.Bench.Running;

namespace Voice.Bench.Edge;

/// <summary>What a gateway says about its own process at <c>/metrics</c>.</summary>
internal sealed class GatewayMetrics(ServiceProcess gateway, string key)
{
    private const string Allocated = "dotnet_gc_heap_total_allocated";
    private const string Compiled = "dotnet_jit_compiled_methods";
    private static readonly TimeSpan Pass = TimeSpan.FromSeconds(5);

    /// <summary>Fewer in a pass of load are stragglers.</summary>
    private const int Few = 40;

    public Task<double> AllocatedAsync(CancellationToken cancellationToken) => ReadAsync(Allocated, cancellationToken);

    /// <summary>
    /// Load until the runtime has compiled what the load runs for the last time. Its compiler takes a third of the process for half a minute, and on two
    /// cores that is the clients' and the upstream's time, too.
    /// </summary>
    public Task WarmUpAsync(BenchmarkContext context, IReadOnlyList<(Uri Address, string? Token)> clients, CancellationToken cancellationToken) =>
        WarmUpAsync(context, () => HttpLoad.SaturateAsync(context, clients, TimeSpan.Zero, Pass, cancellationToken), cancellationToken);

    /// <summary>The same while load runs that somebody else makes.</summary>
    public Task WarmUpAsync(BenchmarkContext context, CancellationToken cancellationToken) =>
        WarmUpAsync(context, () => Task.Delay(Pass, context.Time, cancellationToken), cancellationToken);

    private async Task WarmUpAsync(BenchmarkContext context, Func<Task> load, CancellationToken cancellationToken)
    {
        var compiled = await ReadAsync(Compiled, cancellationToken);
        for (var pass = 1; pass <= 15; pass++)
        {
            await load();
            var now = await ReadAsync(Compiled, cancellationToken);
            if (now - compiled < Few)
            {
                await context.Progress.WriteLineAsync($"warm after {pass * Pass.TotalSeconds:0} s");
                return;
            }

            compiled = now;
        }

        await context.Progress.WriteLineAsync("the runtime still compiles; figures are of a process that is not warm");
    }

    private async Task<double> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        var metrics = await client.GetStringAsync(new Uri(gateway.Address, "/metrics"), cancellationToken);
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            ?? throw new BenchmarkException($"The gateway does not say {name}.");
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}
