using Dapper;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Security.Cors;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.ApiKeys;

/// <summary>Keys of an organization, made, rotated and revoked; each change together with its record in the audit trail.</summary>
internal sealed class ApiKeyStore(NpgsqlDataSource database, AuditTrail audit, ApiKeyDirectory directory, OriginDirectory pages, TimeProvider time)
{
    private const string Columns =
        """
        id as Id, name as Name, prefix as Prefix, scopes as Scopes, origins as Origins, networks as Networks, created_at as CreatedAt, expires_at as ExpiresAt,
        last_used_at as LastUsedAt, rotated_at as RotatedAt, previous_until as PreviousUntil, revoked_at as RevokedAt
        """;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ApiKeyItem>> ListAsync(string organizationId, string? before, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Ids begin with the time they were made at.
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"select {Columns} from identity.api_keys where organization_id = @organizationId and (@before::text is null or id < @before) order by id desc limit @count",
            new { organizationId, before, count },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.AsItem(organizationId))];
    }

    public async Task<ApiKeyItem?> FindAsync(string organizationId, string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await FindAsync(connection, null, organizationId, id, cancellationToken);
    }

    public async Task<ApiKeyWithSecret> CreateAsync(
        HttpContext context, string name, ScopeSet scopes, DateTimeOffset? expiresAt, IReadOnlyList<string> origins, IReadOnlyList<string> networks,
        CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        var (id, secret) = (Ids.New("key", time), ApiKeySecret.Create());
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.api_keys (id, organization_id, name, key_sha256, created_at, expires_at, scopes, prefix, origins, networks, created_by)
            values (@id, @OrganizationId, @name, @hash, @now, @expires, @scopes, @prefix, @origins, @networks, @Subject)
            """,
            new
            {
                id,
                caller.OrganizationId,
                name,
                hash = ApiKeyCredential.Hash(secret),
                now = time.GetUtcNow().UtcDateTime,
                expires = expiresAt?.UtcDateTime,
                scopes = scopes.ToString(),
                prefix = ApiKeySecret.Shown(secret),
                origins = origins.ToArray(),
                networks = networks.ToArray(),
                caller.Subject,
            },
            transaction,
            cancellationToken: cancellationToken));
        var item = await FindAsync(connection, transaction, caller.OrganizationId, id, cancellationToken);
        await audit.RecordAsync(transaction, AuditEvent.From(context, "api_key.create", new("api_key", id)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        pages.Forget();
        return new ApiKeyWithSecret(item!, secret);
    }

    /// <returns>Null where the organization has no such key that is in use.</returns>
    public async Task<ApiKeyWithSecret?> RotateAsync(HttpContext context, string id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var organizationId = context.User.GetCaller().OrganizationId;
        var secret = ApiKeySecret.Create();
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(new CommandDefinition(
            """
            update identity.api_keys set previous_sha256 = key_sha256, previous_until = @until, key_sha256 = @hash, prefix = @prefix, rotated_at = @now
            where id = @id and organization_id = @organizationId and revoked_at is null
            """,
            new
            {
                id,
                organizationId,
                until = (now + overlap).UtcDateTime,
                hash = ApiKeyCredential.Hash(secret),
                prefix = ApiKeySecret.Shown(secret),
                now = now.UtcDateTime,
            },
            transaction,
            cancellationToken: cancellationToken));
        if (changed == 0)
        {
            return null;
        }

        var item = await FindAsync(connection, transaction, organizationId, id, cancellationToken);
        await audit.RecordAsync(transaction, AuditEvent.From(context, "api_key.rotate", new("api_key", id)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await directory.ForgetAsync(id);
        return new ApiKeyWithSecret(item!, secret);
    }

    /// <returns>False where the organization has no such key that is in use.</returns>
    public async Task<bool> RevokeAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = await connection.ExecuteAsync(new CommandDefinition(
            "update identity.api_keys set revoked_at = @now where id = @id and organization_id = @organizationId and revoked_at is null",
            new { id, organizationId = context.User.GetCaller().OrganizationId, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        if (changed == 0)
        {
            return false;
        }

        await audit.RecordAsync(transaction, AuditEvent.From(context, "api_key.revoke", new("api_key", id)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await directory.ForgetAsync(id);
        return true;
    }

    private static async Task<ApiKeyItem?> FindAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string organizationId, string id, CancellationToken cancellationToken) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"select {Columns} from identity.api_keys where id = @id and organization_id = @organizationId",
            new { id, organizationId },
            transaction,
            cancellationToken: cancellationToken)))?.AsItem(organizationId);

    private sealed record Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public string? Prefix { get; init; }

        public string? Scopes { get; init; }

        public string[] Origins { get; init; } = [];

        public string[] Networks { get; init; } = [];

        public DateTime CreatedAt { get; init; }

        public DateTime? ExpiresAt { get; init; }

        public DateTime? LastUsedAt { get; init; }

        public DateTime? RotatedAt { get; init; }

        public DateTime? PreviousUntil { get; init; }

        public DateTime? RevokedAt { get; init; }

        public ApiKeyItem AsItem(string organizationId) => new(
            Id, Name, Prefix, [.. GatewayCallers.ScopesOfKey(Scopes, organizationId).Names], Origins, Networks, CreatedAt, ExpiresAt, LastUsedAt, RotatedAt,
            PreviousUntil, RevokedAt);
    }
}
