using Npgsql;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.Pipelines.Files;

/// <summary>
/// The audio of runs, and outputs that are too large for a row. A blob is written before the transaction that refers to it, under a name that is
/// used once: a transaction that does not commit leaves a blob that nobody knows, never a row without its blob.
/// </summary>
internal sealed class PipelineFiles(ObjectStore blobs, NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Read whole: engines take whole recordings.</summary>
    public const int MaxFile = 25 * 1024 * 1024;

    public async Task<PipelineFile> WriteAsync(string organizationId, string name, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var id = Ids.New("pfile", time);
        var blob = await WriteBlobAsync($"{organizationId}/{id}", contentType, content, cancellationToken);
        return new PipelineFile(id, name, contentType, content.Length, blob);
    }

    public async Task<string> WriteBlobAsync(string name, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await blobs.WriteAsync(BlobContainers.Pipelines, name, content, contentType, cancellationToken);
        return name;
    }

    public async Task<ReadOnlyMemory<byte>> ReadBlobAsync(string name, CancellationToken cancellationToken)
    {
        if (await OpenAsync(name, cancellationToken) is not { } stored)
        {
            throw new StepFailedException("file_not_found", "A file of the run is gone.");
        }

        await using var stream = stored.Stream;
        var content = new byte[stored.Length];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    public Task<StoredObject?> OpenAsync(string blob, CancellationToken cancellationToken) => blobs.OpenAsync(BlobContainers.Pipelines, blob, cancellationToken);

    /// <summary>Null where the organization has no such file.</summary>
    public async Task<PipelineFile?> FindAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select id, name, content_type, bytes, blob from inference.pipeline_files where id = $1 and organization_id = $2");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = organizationId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new PipelineFile(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4))
            : null;
    }

    public static async Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string organizationId, string pipelineId, string? runId, PipelineFile file, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into inference.pipeline_files (id, organization_id, pipeline_id, run_id, name, content_type, bytes, blob)
            values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = file.Id }, new() { Value = organizationId }, new() { Value = pipelineId }, new() { Value = (object?)runId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                new() { Value = file.Name }, new() { Value = file.ContentType }, new() { Value = file.Bytes }, new() { Value = file.Blob },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
