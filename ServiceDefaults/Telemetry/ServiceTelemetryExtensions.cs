using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;
using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.Telemetry;

internal static class ServiceTelemetryExtensions
{
    public static void AddServiceTelemetry(this IHostApplicationBuilder builder)
    {
        // Ours instead of the framework's console, which hosts have by default.
        foreach (var console in builder.Services.Where(service => service.ImplementationType == typeof(ConsoleLoggerProvider)).ToList())
        {
            builder.Services.Remove(console);
        }

        builder.Services.TryAddSingleton<LogOutput>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, JsonLoggerProvider>());
        // Each line says its trace by itself, from the activity; as a scope it would be made anew for every line, and left out again.
        builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.None);

        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Logging.AddOpenTelemetry(options =>
            {
                options.IncludeScopes = true;
                options.IncludeFormattedMessage = true;
                options.SetResourceBuilder(ServiceResource.Create(builder.Configuration, builder.Environment)).AddOtlpExporter();
            });
        }

        // Below Warning the framework logs addresses with their query strings: signed URLs and search terms are nobody's business.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

        // A refused token is answered and counted; three lines each would let anybody fill the log.
        builder.Logging.AddFilter(typeof(IdentityTokenHandler).FullName, LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);

        builder.Services.AddSingleton<MetricsStore>();
        builder.Services.AddHostedService<TelemetryService>();
    }

    public static void UseRequestTelemetry(this WebApplication app) => app.UseMiddleware<RequestTelemetryMiddleware>();

    public static void MapServiceMetrics(this WebApplication app) =>
        app.MapGet("/metrics", static async (HttpContext context, MetricsStore store) =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await context.Response.WriteAsync(store.Write(), context.RequestAborted);
        }).RequireScope(Scopes.PlatformRead).ExcludeFromDescription();
}
