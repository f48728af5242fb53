using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Voice.Inference.Providers.Own;

/// <summary>Table <c>inference.organization_providers</c>.</summary>
internal sealed class OwnProviderStore(NpgsqlDataSource database)
{
    public const int MaxPerOrganization = 20;

    private const string Columns = "organization_id, name, settings, credentials, data_key, key_id, version, created_at, changed_at";

    public async Task<IReadOnlyList<OwnProviderRow>> ListAsync(string organizationId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from inference.organization_providers where organization_id = $1 order by name");
        command.Parameters.Add(new() { Value = organizationId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<OwnProviderRow> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Read(reader));
        }

        return rows;
    }

    /// <returns>Null where the name is taken, or there are as many as may be.</returns>
    public async Task<bool> AddAsync(OwnProviderRow row, string createdBy, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into inference.organization_providers (organization_id, name, settings, credentials, data_key, key_id, version, created_at, changed_at, kind, created_by)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
            where (select count(*) from inference.organization_providers where organization_id = $1) < $12
            on conflict do nothing
            """);
        AddValues(command.Parameters, row);
        command.Parameters.Add(new() { Value = row.Settings.Kind });
        command.Parameters.Add(new() { Value = createdBy });
        command.Parameters.Add(new() { Value = MaxPerOrganization });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <returns>False where it was changed in between.</returns>
    public async Task<bool> ReplaceAsync(OwnProviderRow row, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            update inference.organization_providers set settings = $3, credentials = $4, data_key = $5, key_id = $6, version = $7, changed_at = $9
            where organization_id = $1 and name = $2 and version = $7 - 1 and created_at = $8
            """);
        AddValues(command.Parameters, row);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task<bool> DeleteAsync(string organizationId, string name, long version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("delete from inference.organization_providers where organization_id = $1 and name = $2 and version = $3");
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = version });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static void AddValues(NpgsqlParameterCollection parameters, OwnProviderRow row)
    {
        parameters.Add(new() { Value = row.OrganizationId });
        parameters.Add(new() { Value = row.Name });
        parameters.Add(new() { Value = JsonSerializer.Serialize(row.Settings), NpgsqlDbType = NpgsqlDbType.Jsonb });
        parameters.Add(new() { Value = (object?)row.Credential?.Content ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        parameters.Add(new() { Value = (object?)row.Credential?.DataKey ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea });
        parameters.Add(new() { Value = (object?)row.Credential?.KeyId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        parameters.Add(new() { Value = row.Version });
        parameters.Add(new() { Value = row.CreatedAt });
        parameters.Add(new() { Value = row.ChangedAt });
    }

    private static OwnProviderRow Read(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        JsonSerializer.Deserialize<ProviderSettings>(reader.GetString(2))!,
        reader.IsDBNull(3) ? null : new SealedCredential(reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4), reader.GetString(5)),
        reader.GetInt64(6),
        reader.GetFieldValue<DateTimeOffset>(7),
        reader.GetFieldValue<DateTimeOffset>(8));
}
