using System.Text.Json;
using Dapper;
using Npgsql;
using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.ServiceDefaults.Identity.Keys;

/// <summary>Signing keys in the service's schema. Whoever changes them holds a lock, so that many replicas make one key.</summary>
internal sealed class KeyStore(NpgsqlDataSource database, KeySeal seal, TimeProvider time, string schema)
{
    private const string Columns =
        "kid, sealed_key as SealedKey, signs_from as SignsFrom, signs_until as SignsUntil, published_until as PublishedUntil";

    /// <summary>Makes the next key where it is time for it.</summary>
    /// <returns>All that are still published, the one that signs last at the end.</returns>
    public async Task<IReadOnlyList<StoredKey>> LoadAsync(KeySchedule schedule, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var keys = await ReadAsync(connection, null, schedule, cancellationToken);
        var now = time.GetUtcNow();
        if (keys is [.., var last] && last.SignsUntil - schedule.PublishBefore > now)
        {
            return keys;
        }

        await using var transaction = await LockAsync(connection, cancellationToken);
        keys = await ReadAsync(connection, transaction, schedule, cancellationToken);
        if (keys is not [.., var latest])
        {
            await AddAsync(transaction, schedule, now, cancellationToken);
        }
        else if (latest.SignsUntil - schedule.PublishBefore <= now)
        {
            // After a long sleep the last key may have ended long ago; the next still is published before it signs.
            var from = latest.SignsUntil > now + schedule.PublishBefore ? latest.SignsUntil : now + schedule.PublishBefore;
            await AddAsync(transaction, schedule, from, cancellationToken);
        }

        await CleanAsync(transaction, schedule, now, cancellationToken);
        keys = await ReadAsync(connection, transaction, schedule, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return keys;
    }

    /// <summary>A new key takes over: after it has been published long enough, or at once where the old ones are in somebody else's hands.</summary>
    /// <returns>The new key's id.</returns>
    public async Task<string> RotateAsync(KeySchedule schedule, bool compromised, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await LockAsync(connection, cancellationToken);
        var now = time.GetUtcNow();
        var from = compromised ? now : now + schedule.PublishBefore;
        await connection.ExecuteAsync(new CommandDefinition(
            compromised
                ? $"update {schema}.signing_keys set signs_until = least(signs_until, @from), published_until = @from where purpose = @Purpose"
                : $"""
                   delete from {schema}.signing_keys where purpose = @Purpose and signs_from > @now;
                   update {schema}.signing_keys set signs_until = @from, published_until = @until where purpose = @Purpose and signs_until > @from
                   """,
            new { schedule.Purpose, now = now.UtcDateTime, from = from.UtcDateTime, until = (from + schedule.PublishAfter).UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        var kid = await AddAsync(transaction, schedule, from, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return kid;
    }

    private async Task<NpgsqlTransaction> LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtext(@name))", new { name = $"{schema}.signing_keys" }, transaction, cancellationToken: cancellationToken));
        return transaction;
    }

    private async Task<string> AddAsync(NpgsqlTransaction transaction, KeySchedule schedule, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var key = SigningKey.Create();
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            $"""
            insert into {schema}.signing_keys (kid, purpose, sealed_key, public_key, created_at, signs_from, signs_until, published_until)
            values (@Kid, @Purpose, @sealedKey, @publicKey, @now, @from, @until, @published)
            """,
            new
            {
                key.Kid,
                schedule.Purpose,
                sealedKey = seal.Seal(key.Export(), schedule.Purpose + key.Kid),
                publicKey = JsonSerializer.Serialize(key.Public, JsonWebKeyJson.Default.JsonWebKey),
                now = time.GetUtcNow().UtcDateTime,
                from = from.UtcDateTime,
                until = (from + schedule.SignFor).UtcDateTime,
                published = (from + schedule.SignFor + schedule.PublishAfter).UtcDateTime,
            },
            transaction,
            cancellationToken: cancellationToken));
        return key.Kid;
    }

    private Task CleanAsync(NpgsqlTransaction transaction, KeySchedule schedule, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            $"delete from {schema}.signing_keys where purpose = @Purpose and published_until <= @now",
            new { schedule.Purpose, now = now.UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));

    private async Task<IReadOnlyList<StoredKey>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, KeySchedule schedule, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"select {Columns} from {schema}.signing_keys where purpose = @Purpose and published_until > @now order by signs_from, kid",
            new { schedule.Purpose, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new StoredKey(
            SigningKey.Import(row.Kid, seal.Open(row.SealedKey, schedule.Purpose + row.Kid)),
            new DateTimeOffset(row.SignsFrom, TimeSpan.Zero), new DateTimeOffset(row.SignsUntil, TimeSpan.Zero)))];
    }

    private sealed record Row(string Kid, byte[] SealedKey, DateTime SignsFrom, DateTime SignsUntil, DateTime PublishedUntil);
}

internal sealed record StoredKey(SigningKey Key, DateTimeOffset SignsFrom, DateTimeOffset SignsUntil);
