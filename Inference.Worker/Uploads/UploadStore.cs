using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.Uploads;

/// <summary>Uploads: their rows in <c>inference.uploads</c>, their bytes in the container <c>uploads</c>.</summary>
internal sealed class UploadStore(NpgsqlDataSource database, ObjectStore objects, IOptions<UploadOptions> options, TimeProvider time)
{
    /// <summary>Blob Storage takes 50,000; an upload in smaller pieces than that would be mostly requests.</summary>
    public const int MaxBlocks = 10_000;

    private const string OctetStream = "application/octet-stream";

    /// <returns>Null where the organization has no room for it.</returns>
    public async Task<UploadRow?> CreateAsync(string organizationId, string subject, long length, TusMetadata metadata, CancellationToken cancellationToken)
    {
        var id = Ids.New("upl", time);
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UploadRow>(new CommandDefinition(
            $"""
            insert into inference.uploads (id, organization_id, created_by, length, file_name, content_type, metadata, blob, created_at, expires_at)
            select @id, @organizationId, @subject, @length, @fileName, @contentType, @text, @blob, @now, @expires
            where @length + (select coalesce(sum(length), 0) from inference.uploads where organization_id = @organizationId) <= @most
            returning {UploadRow.Columns}
            """,
            new
            {
                id, organizationId, subject, length, fileName = metadata.FileName, contentType = metadata.FileType, text = metadata.Text, blob = $"{organizationId}/{id}",
                now, expires = now + options.Value.UnfinishedFor, most = options.Value.MaxBytesPerOrganization,
            },
            cancellationToken: cancellationToken));
    }

    /// <summary>Null where there is none that could still be used.</summary>
    public async Task<UploadRow?> FindAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UploadRow>(new CommandDefinition(
            $"select {UploadRow.Columns} from inference.uploads where id = @id and organization_id = @organizationId and expires_at > @now",
            new { id, organizationId, now = time.GetUtcNow() }, cancellationToken: cancellationToken));
    }

    /// <summary>
    /// What was staged becomes part of the upload, if nothing else has become so meanwhile: of two connections that send the same bytes, on whatever
    /// workers, one wins, and the other's blocks are never committed.
    /// </summary>
    public async Task<bool> AppendAsync(UploadRow upload, long at, IReadOnlyList<string> blocks, long length, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            update inference.uploads set received = received + @length, blocks = blocks || @blocks, expires_at = @expires
            where id = @Id and received = @at and completed_at is null
            """,
            new { upload.Id, at, length, blocks = blocks.ToArray(), expires = time.GetUtcNow() + options.Value.UnfinishedFor },
            cancellationToken: cancellationToken)) > 0;
    }

    /// <summary>Puts the blob together, once all is there. Safe to repeat, also by two at the same time: both commit the same blocks.</summary>
    public async Task<UploadRow> CompleteAsync(UploadRow upload, CancellationToken cancellationToken)
    {
        if (!upload.IsWhole || upload.CompletedAt is not null)
        {
            return upload;
        }

        await objects.CommitAsync(BlobContainers.Uploads, upload.Blob, upload.Blocks, upload.ContentType ?? OctetStream, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UploadRow>(new CommandDefinition(
            $"""
            update inference.uploads set completed_at = coalesce(completed_at, @now), expires_at = case when completed_at is null then @expires else expires_at end
            where id = @Id returning {UploadRow.Columns}
            """,
            new { upload.Id, now = time.GetUtcNow(), expires = time.GetUtcNow() + options.Value.KeptFor }, cancellationToken: cancellationToken)) ?? upload;
    }

    /// <summary>The file of a complete upload.</summary>
    public Task<StoredObject?> OpenAsync(UploadRow upload, CancellationToken cancellationToken) => objects.OpenAsync(BlobContainers.Uploads, upload.Blob, cancellationToken);

    /// <returns>False where there was none.</returns>
    public async Task<bool> DeleteAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        string? blob;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            blob = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "delete from inference.uploads where id = @id and organization_id = @organizationId returning blob", new { id, organizationId },
                cancellationToken: cancellationToken));
        }

        if (blob is null)
        {
            return false;
        }

        await objects.DeleteAsync(BlobContainers.Uploads, blob, cancellationToken);
        return true;
    }

    /// <summary>Deletes what has expired. The blob first: a row without one is only deleted again.</summary>
    /// <returns>How many.</returns>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        List<(string Id, string Blob)> expired;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            expired = [.. await connection.QueryAsync<(string, string)>(new CommandDefinition(
                "select id, blob from inference.uploads where expires_at <= @now order by expires_at limit 100", new { now = time.GetUtcNow() },
                cancellationToken: cancellationToken))];
        }

        foreach (var (id, blob) in expired)
        {
            await objects.DeleteAsync(BlobContainers.Uploads, blob, cancellationToken);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(
                "delete from inference.uploads where id = @id and expires_at <= @now", new { id, now = time.GetUtcNow() }, cancellationToken: cancellationToken));
        }

        return expired.Count;
    }
}
