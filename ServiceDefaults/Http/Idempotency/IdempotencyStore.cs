using Npgsql;

namespace Voice.ServiceDefaults.Http.Idempotency;

/// <summary>
/// Requests with an Idempotency-Key, in PostgreSQL beside what they create: where the database is away nothing is created either, so that
/// there is no moment in which a repetition would go unnoticed.
/// </summary>
internal sealed class IdempotencyStore(string schema, NpgsqlDataSource database, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>A request that has not ended by then went down with its process, and may be tried again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <returns>What is known of this key: nothing (then the request is the caller's to execute), another attempt, or an answer.</returns>
    public async Task<IdempotencyBegin> BeginAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        // One statement: of two requests at the same moment, one inserts and the other waits for it and then sees its row.
        var sql = $"""
            insert into {schema}.idempotent_requests as r (organization_id, key_sha256, route, fingerprint, started_at, attempt)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (organization_id, key_sha256, route) do update
                set fingerprint = excluded.fingerprint, started_at = excluded.started_at, attempt = excluded.attempt, status = null, answer = null
                where r.started_at < $7 or (r.status is null and r.started_at < $8 and r.fingerprint = excluded.fingerprint)
            returning attempt
            """;
        var (now, attempt) = (time.GetUtcNow(), Guid.NewGuid());
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var insert = new NpgsqlCommand(sql, connection))
        {
            AddKey(insert, request);
            insert.Parameters.Add(new() { Value = request.Fingerprint });
            insert.Parameters.Add(new() { Value = now.UtcDateTime });
            insert.Parameters.Add(new() { Value = attempt });
            insert.Parameters.Add(new() { Value = (now - KeptFor).UtcDateTime });
            insert.Parameters.Add(new() { Value = (now - Lease).UtcDateTime });
            if (await insert.ExecuteScalarAsync(cancellationToken) is Guid)
            {
                return new IdempotencyBegin(attempt, SameRequest: true, null);
            }
        }

        await using var select = new NpgsqlCommand(
            $"select fingerprint, answer from {schema}.idempotent_requests where organization_id = $1 and key_sha256 = $2 and route = $3", connection);
        AddKey(select, request);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        // Gone in between: the other attempt failed just now. Who asks again in a moment gets through.
        return await reader.ReadAsync(cancellationToken)
            ? new IdempotencyBegin(null, reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(request.Fingerprint), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1))
            : new IdempotencyBegin(null, SameRequest: true, null);
    }

    public async Task CompleteAsync(IdempotentRequest request, Guid attempt, int status, byte[] answer, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"update {schema}.idempotent_requests set status = $5, answer = $6 where organization_id = $1 and key_sha256 = $2 and route = $3 and attempt = $4");
        AddKey(command, request);
        command.Parameters.Add(new() { Value = attempt });
        command.Parameters.Add(new() { Value = status });
        command.Parameters.Add(new() { Value = answer });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What failed changed nothing and may be sent again, corrected or not.</summary>
    public async Task ForgetAsync(IdempotentRequest request, Guid attempt, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"delete from {schema}.idempotent_requests where organization_id = $1 and key_sha256 = $2 and route = $3 and attempt = $4");
        AddKey(command, request);
        command.Parameters.Add(new() { Value = attempt });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"delete from {schema}.idempotent_requests where started_at < $1");
        command.Parameters.Add(new() { Value = (time.GetUtcNow() - KeptFor).UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddKey(NpgsqlCommand command, IdempotentRequest request)
    {
        command.Parameters.Add(new() { Value = request.OrganizationId });
        command.Parameters.Add(new() { Value = request.KeyHash });
        command.Parameters.Add(new() { Value = request.Route });
    }
}
