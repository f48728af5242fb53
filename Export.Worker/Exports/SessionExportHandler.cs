using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Export.Exports;

internal sealed class SessionExportHandler(ExportStore store, SessionExporter exporter)
    : IMessageHandler<SessionStarted>, IMessageHandler<SessionEnded>, IMessageHandler<InterventionRaised>
{
    public Task HandleAsync(SessionStarted message, MessageContext context, CancellationToken cancellationToken) =>
        store.AddSessionAsync(context, message.SessionId, message.OrganizationId, message.StartedAt, cancellationToken);

    public async Task HandleAsync(SessionEnded message, MessageContext context, CancellationToken cancellationToken)
    {
        await store.AddSessionAsync(context, message.SessionId, message.OrganizationId, message.StartedAt, cancellationToken);
        await exporter.ExportAsync(message, context, cancellationToken);
    }

    /// <summary>What was said last is assessed after the session has ended, and exported then: the export is written once more.</summary>
    public async Task HandleAsync(InterventionRaised message, MessageContext context, CancellationToken cancellationToken)
    {
        await store.AddInterventionAsync(context, message, cancellationToken);
        await exporter.ExportAgainAsync(message, context, cancellationToken);
    }
}
