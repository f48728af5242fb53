using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>
/// Exports traces and metrics where a destination is configured (<see cref="TelemetryExport"/>; the SDK reads the other <c>OTEL_*</c> itself).
/// Without one activities are still made, unrecorded, so that logs have trace ids and a traceparent goes from service to service.
/// </summary>
internal sealed class TelemetryService(IConfiguration configuration, IHostEnvironment environment, MetricsStore metrics) : IHostedLifecycleService, IDisposable
{
    private const int FlushLimitMilliseconds = 1000;

    private ActivityListener? _listener;
    private TracerProvider? _traces;
    private MeterProvider? _meters;

    /// <summary>Before other services start: what they do at start belongs into the traces too.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        metrics.Start();
        if (TelemetryExport.IsConfigured(configuration))
        {
            // The SDK would read the environment only; a setting counts wherever it was made.
            _traces = Sdk.CreateTracerProviderBuilder().ConfigureServices(services => services.AddSingleton(configuration))
                .SetResourceBuilder(ServiceResource.Create(configuration, environment)).AddSource(TelemetrySources.Activities).AddExporters(configuration).Build();
            _meters = Sdk.CreateMeterProviderBuilder().ConfigureServices(services => services.AddSingleton(configuration))
                .SetResourceBuilder(ServiceResource.Create(configuration, environment)).AddMeter(TelemetrySources.Meters).AddExporters(configuration).Build();
        }
        else
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => TelemetrySources.IsActivity(source.Name),
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is not exported yet gets a moment: a collector that is away must not hold up the end of the process.</summary>
    public void Dispose()
    {
        _listener?.Dispose();
        _traces?.Shutdown(FlushLimitMilliseconds);
        _traces?.Dispose();
        _meters?.Shutdown(FlushLimitMilliseconds);
        _meters?.Dispose();
    }
}
