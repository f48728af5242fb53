using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Seeds;

namespace Voice.Inference.Pipelines;

/// <summary>The pipelines of organizations and their versions. Another organization's pipeline does not exist.</summary>
internal sealed class PipelineStore(NpgsqlDataSource database, StarterPipelines starters)
{
    private const string Columns = "p.id, p.name, p.description, p.version, v.document::text, p.created_at, p.updated_at";

    private const string Tables = """
        from inference.pipelines p join inference.pipeline_versions v on v.organization_id = p.organization_id and v.pipeline_id = p.id and v.version = p.version
        where p.organization_id = $1 and p.deleted_at is null
        """;

    public async Task<IReadOnlyList<StoredPipeline>> ListAsync(string organizationId, string? after, int count, CancellationToken cancellationToken)
    {
        await starters.EnsureAsync(organizationId, cancellationToken);
        return await ReadAsync($"select {Columns} {Tables} and p.id > $2 order by p.id limit $3", cancellationToken, organizationId, after ?? "", count);
    }

    public async Task<StoredPipeline?> FindAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        // PostgreSQL refuses NUL in text; no pipeline has one.
        if (id.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        await starters.EnsureAsync(organizationId, cancellationToken);
        return (await ReadAsync($"select {Columns} {Tables} and p.id = $2", cancellationToken, organizationId, id)).FirstOrDefault();
    }

    /// <summary>Also of a pipeline that was deleted: its runs can still be read.</summary>
    public async Task<StoredVersion?> FindVersionAsync(string organizationId, string id, int version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select version, created_by, created_at, document::text from inference.pipeline_versions where organization_id = $1 and pipeline_id = $2 and version = $3");
        Add(command, organizationId, id, version);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredVersion(reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3))
            : null;
    }

    /// <summary>The newest first, before a number.</summary>
    public async Task<IReadOnlyList<StoredVersion>> ListVersionsAsync(string organizationId, string id, int before, int count, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select version, created_by, created_at from inference.pipeline_versions
            where organization_id = $1 and pipeline_id = $2 and version < $3 order by version desc limit $4
            """);
        Add(command, organizationId, id, before, count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<StoredVersion> versions = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(new StoredVersion(reader.GetInt32(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return versions;
    }

    public async Task CreateAsync(string organizationId, string id, PipelineDocument document, JsonNode source, string createdBy, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            with made as (insert into inference.pipelines (organization_id, id, name, description, version) values ($1, $2, $3, $4, 1))
            insert into inference.pipeline_versions (organization_id, pipeline_id, version, document, created_by) values ($1, $2, 1, $5, $6)
            """);
        Add(command, organizationId, id, document, source, createdBy);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A new version, inside a transaction that has locked the pipeline.</summary>
    public static async Task<int> AddVersionAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string organizationId, string id, PipelineDocument document, JsonNode source, string createdBy,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with changed as (
                update inference.pipelines set name = $3, description = $4, version = version + 1, updated_at = now() where organization_id = $1 and id = $2 returning version)
            insert into inference.pipeline_versions (organization_id, pipeline_id, version, document, created_by)
            select $1, $2, version, $5, $6 from changed returning version
            """, connection, transaction);
        Add(command, organizationId, id, document, source, createdBy);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The newest version, locked; null where there is no such pipeline.</summary>
    public static async Task<int?> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string organizationId, string id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select version from inference.pipelines where organization_id = $1 and id = $2 and deleted_at is null for update", connection, transaction);
        Add(command, organizationId, id);
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    /// <summary>Its versions stay, since runs were made of them.</summary>
    public static async Task DeleteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string organizationId, string id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("update inference.pipelines set deleted_at = now() where organization_id = $1 and id = $2", connection, transaction);
        Add(command, organizationId, id);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlCommand command, string organizationId, string id, PipelineDocument document, JsonNode source, string createdBy)
    {
        Add(command, organizationId, id, document.Name);
        command.Parameters.Add(new() { Value = (object?)document.Description ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = source.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb });
        Add(command, createdBy);
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
    }

    private async Task<List<StoredPipeline>> ReadAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        Add(command, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<StoredPipeline> found = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new StoredPipeline(
                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return found;
    }
}
