using System.Security.Cryptography;
using Npgsql;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.Inference.Webhooks;

/// <summary>Deliveries in <c>inference.webhook_deliveries</c>: each is there from the transaction that caused it until it has arrived or is given up.</summary>
internal sealed class WebhookStore(NpgsqlDataSource database, KeySeal seal, TimeProvider time)
{
    private const string Purpose = "webhook secret";
    private const int AtOnce = 8;
    private const int LongestError = 300;

    /// <summary>Longer than any attempt takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public byte[] Seal(byte[] key) => seal.Seal(key, Purpose);

    /// <exception cref="CryptographicException">The service's own secret has changed since.</exception>
    public byte[] Open(byte[] secret) => seal.Open(secret, Purpose);

    public async Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string organizationId, string url, byte[] secret, string body, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into inference.webhook_deliveries (id, organization_id, url, secret, body, state, created_at, next_at) values ($1, $2, $3, $4, $5, 'pending', $6, $6)
            """, connection, transaction)
        {
            Parameters =
            {
                new() { Value = Ids.New("msg", time) }, new() { Value = organizationId }, new() { Value = url }, new() { Value = secret }, new() { Value = body },
                new() { Value = time.GetUtcNow().ToUniversalTime() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Those that are due, and nobody's. Whoever dies with them keeps them for a minute.</summary>
    public async Task<List<WebhookDelivery>> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            update inference.webhook_deliveries d set lease_until = $1 + $2, attempts = attempts + 1
            from (select id from inference.webhook_deliveries where state = 'pending' and next_at <= $1 and (lease_until is null or lease_until <= $1)
                order by next_at limit {AtOnce} for update skip locked) due
            where d.id = due.id returning d.id, d.url, d.secret, d.body, d.attempts
            """);
        command.Parameters.Add(new() { Value = time.GetUtcNow().ToUniversalTime() });
        command.Parameters.Add(new() { Value = Lease });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<WebhookDelivery>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new WebhookDelivery(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetString(3), reader.GetInt32(4)));
        }

        return claimed;
    }

    /// <param name="state"><c>delivered</c>, <c>failed</c> or <c>gone</c>.</param>
    public Task EndAsync(string id, string state, string? error, CancellationToken cancellationToken) => ExecuteAsync(
        "update inference.webhook_deliveries set state = $2, last_error = $3, ended_at = $4, lease_until = null where id = $1", id, state, error, time.GetUtcNow(), cancellationToken);

    public Task RetryAsync(string id, string error, DateTimeOffset at, CancellationToken cancellationToken) => ExecuteAsync(
        "update inference.webhook_deliveries set state = $2, last_error = $3, next_at = $4, lease_until = null where id = $1", id, "pending", error, at, cancellationToken);

    private async Task ExecuteAsync(string sql, string id, string state, string? error, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = state });
        command.Parameters.Add(new() { Value = (object?)error?[..Math.Min(error.Length, LongestError)] ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = at.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
