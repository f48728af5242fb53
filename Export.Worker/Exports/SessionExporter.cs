using System.Globalization;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Export.Exports;

/// <summary>
/// Writes a session's export. The blob is written before the row is committed; a delivery that fails in between writes the same blob
/// again, so the order of the two does not matter to a reader who starts from the row.
/// </summary>
internal sealed class SessionExporter(ExportStore store, ExportBlobs blobs, ExportMetrics metrics, TimeProvider timeProvider)
{
    public async Task ExportAsync(SessionEnded ended, MessageContext context, CancellationToken cancellationToken)
    {
        var written = await store.FindAsync(context, ended.SessionId, ExportKinds.SessionSummary, cancellationToken)
            ?? new WrittenExport(Ids.New("exp", timeProvider), BlobName(ended), ended.TranscriptBlob, timeProvider.GetUtcNow());
        await WriteAsync(ended, written, context, cancellationToken);
        metrics.Exported(timeProvider.GetUtcNow() - ended.EndedAt);
    }

    /// <summary>After something more became known; nothing where there is no export yet.</summary>
    public async Task ExportAgainAsync(ISessionMessage message, MessageContext context, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(context, message.SessionId, ExportKinds.SessionSummary, cancellationToken) is { } written)
        {
            await WriteAsync(message, written, context, cancellationToken);
        }
    }

    private async Task WriteAsync(ISessionMessage session, WrittenExport written, MessageContext context, CancellationToken cancellationToken)
    {
        var transcript = await blobs.ReadTranscriptAsync(written.TranscriptBlob, cancellationToken);
        if (transcript.Session.Id != session.SessionId || transcript.Session.OrganizationId != session.OrganizationId)
        {
            throw new InvalidOperationException($"The transcript {written.TranscriptBlob} is not of session {session.SessionId}.");
        }

        var document = new ExportDocument(
            ExportDocument.CurrentSchema,
            written.Id,
            ExportKinds.SessionSummary,
            session.SessionId,
            session.OrganizationId,
            written.CreatedAt,
            timeProvider.GetUtcNow(),
            ExportSummaries.Of(transcript),
            await store.ListInterventionsAsync(context, session.SessionId, cancellationToken),
            transcript.Document);
        await blobs.WriteAsync(written.Blob, document, cancellationToken);
        await store.UpsertAsync(context, document, written, cancellationToken);
    }

    /// <summary>The day is the session's, not that of the writing: a delivery repeated after midnight finds the same name.</summary>
    private static string BlobName(SessionEnded ended) =>
        string.Create(CultureInfo.InvariantCulture, $"{ended.EndedAt.UtcDateTime:yyyy-MM-dd}/{ended.OrganizationId}/{ended.SessionId}.json");
}
