using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>Where traces and metrics go: by OTLP, to Application Insights, or both; whichever is configured.</summary>
internal static class TelemetryExport
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public static bool IsConfigured(IConfiguration configuration) => Has(configuration, OtlpEndpoint) || Has(configuration, ApplicationInsights);

    public static TracerProviderBuilder AddExporters(this TracerProviderBuilder traces, IConfiguration configuration)
    {
        if (Has(configuration, OtlpEndpoint))
        {
            traces.AddOtlpExporter();
        }

        return Has(configuration, ApplicationInsights)
            ? traces.AddAzureMonitorTraceExporter(options => options.ConnectionString = configuration[ApplicationInsights])
            : traces;
    }

    public static MeterProviderBuilder AddExporters(this MeterProviderBuilder meters, IConfiguration configuration)
    {
        if (Has(configuration, OtlpEndpoint))
        {
            meters.AddOtlpExporter();
        }

        return Has(configuration, ApplicationInsights)
            ? meters.AddAzureMonitorMetricExporter(options => options.ConnectionString = configuration[ApplicationInsights])
            : meters;
    }

    private static bool Has(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 };
}
