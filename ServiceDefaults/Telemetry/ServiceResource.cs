using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>Who traces, metrics and logs are from.</summary>
internal static class ServiceResource
{
    public static ResourceBuilder Create(IConfiguration configuration, IHostEnvironment environment)
    {
        // OTEL_RESOURCE_ATTRIBUTES comes last: what an operator says about a replica wins.
        var name = configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } given ? given : environment.ApplicationName;
        return ResourceBuilder.CreateDefault().AddService(name, serviceNamespace: "voiceaspire").AddEnvironmentVariableDetector();
    }
}
