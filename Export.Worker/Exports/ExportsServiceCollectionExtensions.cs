using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Export.Exports;

internal static class ExportsServiceCollectionExtensions
{
    public static void AddExports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ExportMetrics>();
        builder.Services.AddSingleton<ExportStore>();
        builder.Services.AddSingleton<ExportBlobs>();
        builder.Services.AddSingleton<SessionExporter>();
        builder.AddSubscription(Subscriptions.Export, "export")
            .AddHandler<SessionStarted, SessionExportHandler>()
            .AddHandler<SessionEnded, SessionExportHandler>()
            .AddHandler<InterventionRaised, SessionExportHandler>();
    }
}
