using Dapper;
using Npgsql;
using Voice.Inference.Webhooks;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.TranscriptionJobs;

/// <summary>
/// The one way in which a job ends, whatever ends it: its state, what it used, the event and the webhook in one transaction, once, because only a job that is under way
/// can end.
/// </summary>
internal sealed class JobEnding(Outbox outbox, WebhookStore webhooks, TimeProvider time)
{
    /// <returns>Null where the job is not there or was over.</returns>
    public async Task<JobRow?> EndAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string id, string organizationId, string state, JobFailure? failure, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var job = await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            $"""
            update inference.transcription_jobs set state = @state, ended_at = @now, error_code = @code, error_message = @message
            where id = @id and organization_id = @organizationId and state in ('queued', 'running')
            returning {JobRow.Columns}
            """,
            new { id, organizationId, state, now, code = failure?.Code, message = failure?.Message }, transaction, cancellationToken: cancellationToken));
        if (job is null)
        {
            return null;
        }

        var seconds = Math.Round((decimal)job.SecondsDone, 3);
        if (job.Metered && (seconds > 0 || job.Reserved > 0))
        {
            var usage = new UsageRecorded(id, organizationId, $"{id}:{UsageKinds.AudioSeconds}", job.CreatedBy, UsageKinds.AudioSeconds, seconds, now, job.Reserved);
            await outbox.AddAsync(connection, transaction, usage, cancellationToken);
        }

        await outbox.AddAsync(connection, transaction, new TranscriptionJobEnded(id, organizationId, state, failure?.Code, seconds, job.CreatedAt, now), cancellationToken);
        if (job is { WebhookUrl: { } url, WebhookSecret: { } secret })
        {
            await webhooks.AddAsync(connection, transaction, organizationId, url, secret, JobWebhook.Body(job, now), cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition($"select pg_notify('{JobSignals.Channel}', @id)", new { id }, transaction, cancellationToken: cancellationToken));
        return job;
    }
}
