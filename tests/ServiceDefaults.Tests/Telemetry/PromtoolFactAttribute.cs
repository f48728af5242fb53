using Voice.Offline.Servers;

namespace ServiceDefaults.Tests.Telemetry;

/// <summary>Skipped, saying so, where Prometheus's own checker is absent.</summary>
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        if (Executables.Find("promtool") is null)
        {
            Skip = "needs promtool (Debian package prometheus)";
        }
    }
}
