using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.TranscriptionJobs;

/// <summary>Jobs as their owners see them: made, read, cancelled, deleted.</summary>
internal sealed class JobStore(NpgsqlDataSource database, ObjectStore objects, Outbox outbox, JobEnding ending, IOptions<TranscriptionJobOptions> options, TimeProvider time)
{
    /// <summary>With the message that begins it, or not at all.</summary>
    /// <returns>False where the organization has as many under way as it may.</returns>
    public async Task<bool> AddAsync(JobRow job, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into inference.transcription_jobs (id, organization_id, created_by, state, upload_id, session_id, model, language, prompt, word_times, by_channel,
                response_format, webhook_url, webhook_secret, metered, reserved, created_at, expires_at)
            select @Id, @OrganizationId, @CreatedBy, @State, @UploadId, @SessionId, @Model, @Language, @Prompt, @WordTimes, @ByChannel,
                @ResponseFormat, @WebhookUrl, @WebhookSecret, @Metered, @Reserved, @CreatedAt, @ExpiresAt
            where (select count(*) from inference.transcription_jobs where organization_id = @OrganizationId and state in ('queued', 'running')) < @most
            """,
            new
            {
                job.Id, job.OrganizationId, job.CreatedBy, job.State, job.UploadId, job.SessionId, job.Model, job.Language, job.Prompt, job.WordTimes, job.ByChannel,
                job.ResponseFormat, job.WebhookUrl, job.WebhookSecret, job.Metered, job.Reserved, job.CreatedAt, job.ExpiresAt, most = options.Value.MaxActivePerOrganization,
            },
            transaction, cancellationToken: cancellationToken));
        if (added == 0)
        {
            return false;
        }

        await outbox.AddAsync(connection, transaction, TranscriptionWork.Of(job.OrganizationId, job.Id, TranscriptionWork.Split), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    public async Task<JobRow?> FindAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            $"select {JobRow.Columns} from inference.transcription_jobs where id = @id and organization_id = @organizationId and expires_at > @now",
            new { id, organizationId, now = time.GetUtcNow() }, cancellationToken: cancellationToken));
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<JobRow>> ListAsync(string organizationId, (DateTimeOffset CreatedAt, string Id)? after, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<JobRow>(new CommandDefinition(
            $"""
            select {JobRow.Columns} from inference.transcription_jobs
            where organization_id = @organizationId and expires_at > @now {(after is null ? "" : "and (created_at, id) < (@createdAt, @id)")}
            order by created_at desc, id desc limit @count
            """,
            new { organizationId, now = time.GetUtcNow(), createdAt = after?.CreatedAt ?? default, id = after?.Id, count }, cancellationToken: cancellationToken))];
    }

    /// <returns>The job as it is then; null where there is none. One that was over already is as it was.</returns>
    public async Task<JobRow?> CancelAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (await ending.EndAsync(connection, transaction, id, organizationId, JobStates.Cancelled, null, cancellationToken) is { } job)
            {
                await transaction.CommitAsync(cancellationToken);
                return job;
            }
        }

        return await FindAsync(organizationId, id, cancellationToken);
    }

    /// <summary>One that is under way is cancelled first, so that what it has used is counted.</summary>
    /// <returns>False where there was none.</returns>
    public async Task<bool> DeleteAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        if (await CancelAsync(organizationId, id, cancellationToken) is not { } job)
        {
            return false;
        }

        await DeleteBlobsAsync(job.Folder, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from inference.transcription_jobs where id = @id", new { id }, cancellationToken: cancellationToken));
        return true;
    }

    /// <summary>Audio of jobs that are over, and everything of those that have expired; also what came of webhooks, after as long.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, organization) in await QueryAsync("has_audio and ended_at is not null", cancellationToken))
        {
            await DeleteBlobsAsync($"{organization}/{id}/audio-", cancellationToken);
            await ExecuteAsync("update inference.transcription_jobs set has_audio = false where id = @id", id, cancellationToken);
        }

        foreach (var (id, organization) in await QueryAsync("expires_at <= @now", cancellationToken))
        {
            await DeleteAsyncOf(organization, id, cancellationToken);
        }

        await ExecuteAsync("delete from inference.webhook_deliveries where ended_at < @now - interval '30 days'", "", cancellationToken);
    }

    private async Task DeleteAsyncOf(string organization, string id, CancellationToken cancellationToken)
    {
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ending.EndAsync(connection, transaction, id, organization, JobStates.Failed, JobFailure.Expired, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await DeleteBlobsAsync($"{organization}/{id}/", cancellationToken);
        await ExecuteAsync("delete from inference.transcription_jobs where id = @id", id, cancellationToken);
    }

    private async Task DeleteBlobsAsync(string prefix, CancellationToken cancellationToken)
    {
        foreach (var name in await objects.ListAsync(BlobContainers.Jobs, prefix, cancellationToken))
        {
            await objects.DeleteAsync(BlobContainers.Jobs, name, cancellationToken);
        }
    }

    private async Task<List<(string Id, string Organization)>> QueryAsync(string where, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<(string, string)>(new CommandDefinition(
            $"select id, organization_id from inference.transcription_jobs where {where} limit 100", new { now = time.GetUtcNow() }, cancellationToken: cancellationToken))];
    }

    private async Task ExecuteAsync(string sql, string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { id, now = time.GetUtcNow() }, cancellationToken: cancellationToken));
    }
}
