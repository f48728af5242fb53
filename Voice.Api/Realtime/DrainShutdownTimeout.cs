using Microsoft.Extensions.Options;

namespace Voice.Api.Realtime;

/// <summary>The host waits for its services to stop; draining comes on top of what they need.</summary>
internal sealed class DrainShutdownTimeout(IOptions<RealtimeOptions> realtime) : IPostConfigureOptions<HostOptions>
{
    public void PostConfigure(string? name, HostOptions options) => options.ShutdownTimeout += realtime.Value.DrainLimit;
}
