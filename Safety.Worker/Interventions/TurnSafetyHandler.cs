using Voice.Core.Safety;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Live;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Safety.Interventions;

/// <summary>
/// Assesses each turn after it was spoken and writes down what has to be done about it. Telling the live session is the publisher's
/// work, after this transaction has committed: nobody hears of an intervention that is not on record.
/// </summary>
internal sealed class TurnSafetyHandler(InterventionStore store, Outbox outbox, SafetyMetrics metrics, TimeProvider timeProvider) : IMessageHandler<TurnCompleted>
{
    public async Task HandleAsync(TurnCompleted message, MessageContext context, CancellationToken cancellationToken)
    {
        var before = await store.ReadContextAsync(context, message, cancellationToken);
        var (finding, after) = SafetyAssessor.Assess(message.Transcript, message.Language, message.Sequence, before);
        await store.WriteContextAsync(context, message.SessionId, after, cancellationToken);
        metrics.TurnAssessed();
        if (finding is null)
        {
            return;
        }

        var intervention = Create(message, finding);
        if (await store.AddAsync(context, intervention, cancellationToken))
        {
            await outbox.AddAsync(context.Connection, context.Transaction, intervention.AsRaised(), cancellationToken);
            metrics.Intervened(finding);
        }
    }

    private Intervention Create(TurnCompleted message, SafetyFinding finding)
    {
        // Somebody who speaks Korean to an English agent is answered in Korean.
        var language = message.Transcript.AsSpan().ContainsAnyInRange('가', '힣') && !message.Language.StartsWith("ko", StringComparison.OrdinalIgnoreCase)
            ? "ko"
            : message.Language;
        var say = SafetyMessages.For(finding.Category, finding.Severity, language);
        return new Intervention(
            Ids.New("int", timeProvider),
            message.OrganizationId,
            message.SessionId,
            message.TurnId,
            finding.Category,
            finding.Severity,
            language,
            finding.Layer,
            finding.Matched,
            say.Text,
            [.. say.Resources.Select(r => new LiveResource(r.Name, r.Contact, r.Url))],
            message.CompletedAt);
    }
}
