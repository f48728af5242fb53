using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Health;

/// <summary>
/// Says when a check's answer changes, and why. The framework's own line for every failed check, at every probe, would bury it.
/// </summary>
internal sealed partial class HealthLog(ILogger<HealthLog> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HealthStatus> _last = [];
    private readonly ConcurrentDictionary<string, bool> _wasHealthy = new();

    public void Report(HealthReport report)
    {
        foreach (var (name, entry) in report.Entries)
        {
            if (entry.Status == HealthStatus.Healthy)
            {
                _wasHealthy.TryAdd(name, true);
            }

            if (Changed(name, entry.Status))
            {
                if (entry.Status == HealthStatus.Healthy)
                {
                    Log.Recovered(logger, name);
                }
                else if (entry.Exception is null && !_wasHealthy.ContainsKey(name))
                {
                    // Starting takes what it takes; who waits for the service sees it in the answer.
                    Log.NotReady(logger, name, entry.Description);
                }
                else
                {
                    Log.Failed(logger, name, entry.Status, entry.Description, entry.Exception);
                }
            }
        }
    }

    private bool Changed(string name, HealthStatus status)
    {
        lock (_gate)
        {
            // What was never asked counts as healthy: that a service starts well is not news.
            var before = _last.GetValueOrDefault(name, HealthStatus.Healthy);
            _last[name] = status;
            return before != status;
        }
    }
}
