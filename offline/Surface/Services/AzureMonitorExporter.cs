#nullable disable // as the package is
using Azure.Core;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using VoiceAspire.Offline.Surface;

// The part of Azure.Monitor.OpenTelemetry.Exporter 1.8 that ServiceDefaults uses.
namespace Azure.Monitor.OpenTelemetry.Exporter;

public static class AzureMonitorExporterExtensions
{
    public static TracerProviderBuilder AddAzureMonitorTraceExporter(
        this TracerProviderBuilder builder, Action<AzureMonitorExporterOptions> configure = null, TokenCredential credential = null, string name = null) =>
        throw SignatureOnly.Of("Azure.Monitor.OpenTelemetry.Exporter");

    public static MeterProviderBuilder AddAzureMonitorMetricExporter(
        this MeterProviderBuilder builder, Action<AzureMonitorExporterOptions> configure = null, TokenCredential credential = null, string name = null) =>
        throw SignatureOnly.Of("Azure.Monitor.OpenTelemetry.Exporter");
}

public class AzureMonitorExporterOptions : ClientOptions
{
    public AzureMonitorExporterOptions() => throw SignatureOnly.Of("Azure.Monitor.OpenTelemetry.Exporter");

    public string ConnectionString
    {
        get => throw SignatureOnly.Of("Azure.Monitor.OpenTelemetry.Exporter");
        set => throw SignatureOnly.Of("Azure.Monitor.OpenTelemetry.Exporter");
    }
}
