using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Tokens;

/// <summary>
/// Refresh tokens in families, one for each session. Each use gives the next token and ends the one used. An answer that gets lost may be
/// asked for again for <see cref="LostAnswer"/>: the token that was in it is superseded, so that never two are good at once. Every other
/// return of a used token means that somebody has a copy, and ends the family.
/// </summary>
internal sealed class RefreshTokens(NpgsqlDataSource database, TimeProvider time)
{
    public const string Prefix = "rt_";

    public static readonly TimeSpan LostAnswer = TimeSpan.FromSeconds(30);

    private const int MaxLength = 128;

    private const string SelectFamily =
        """
        select f.session_id as SessionId, f.user_id as UserId, f.scopes as Scopes
        from identity.refresh_tokens t join identity.refresh_families f on f.session_id = t.session_id
        where t.token_sha256 = @hash and f.revoked_at is null and f.expires_at > @now
        """;

    public async Task<string> StartAsync(SignInSession session, ScopeSet scopes, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from identity.refresh_families where expires_at < @now;
            insert into identity.refresh_families (session_id, user_id, scopes, created_at, expires_at) values (@Id, @UserId, @scopes, @now, @ends)
            """,
            new { session.Id, session.UserId, scopes = scopes.ToString(), now = Now, ends = session.EndsAt.UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        var token = await AddAsync(transaction, session.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <param name="mayGoOn">Asked before anything changes: whether the session is alive.</param>
    public async Task<RefreshOutcome> UseAsync(string token, Func<string, string, Task<bool>> mayGoOn, CancellationToken cancellationToken)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > MaxLength)
        {
            return RefreshOutcome.Unknown;
        }

        // The question is asked without a connection in hand: it wants one of its own, and refreshes that each hold one would wait for each other.
        var hash = Hash(token);
        if (await FindAsync(hash, cancellationToken) is not { } found || !await mayGoOn(found.UserId, found.SessionId))
        {
            return RefreshOutcome.Unknown;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // The family's row is the lock: two uses of one token take turns, and the second sees the first.
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            SelectFamily + " for update of f",
            new { hash, now = Now },
            transaction,
            cancellationToken: cancellationToken));
        if (row is null)
        {
            return RefreshOutcome.Unknown;
        }

        var use = await connection.QuerySingleAsync<Use>(new CommandDefinition(
            """
            select t.used_at as UsedAt, t.superseded as Superseded, n.token_sha256 as Successor, n.used_at as SuccessorUsedAt
            from identity.refresh_tokens t left join identity.refresh_tokens n on n.token_sha256 = t.successor_sha256
            where t.token_sha256 = @hash
            """,
            new { hash },
            transaction,
            cancellationToken: cancellationToken));
        if (use.Superseded || (use.UsedAt is { } usedAt && (use.SuccessorUsedAt is not null || Now - usedAt >= LostAnswer)))
        {
            await RevokeAsync(transaction, row.SessionId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new RefreshOutcome(row.UserId, row.SessionId, null, ScopeSet.None, Reused: true);
        }

        var next = await AddAsync(transaction, row.SessionId, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update identity.refresh_tokens set superseded = true where token_sha256 = @Successor;
            update identity.refresh_tokens set used_at = coalesce(used_at, @now), successor_sha256 = @next where token_sha256 = @hash
            """,
            new { use.Successor, now = Now, next = Hash(next), hash },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return new RefreshOutcome(row.UserId, row.SessionId, next, ScopeSet.Parse(row.Scopes), Reused: false);
    }

    /// <returns>Whose family ended; null where the token is nobody's.</returns>
    public async Task<(string UserId, string SessionId)?> RevokeAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            update identity.refresh_families f set revoked_at = coalesce(f.revoked_at, @now) from identity.refresh_tokens t
            where t.token_sha256 = @hash and f.session_id = t.session_id returning f.session_id as SessionId, f.user_id as UserId, f.scopes as Scopes
            """,
            new { hash = Hash(token), now = Now },
            cancellationToken: cancellationToken));
        return row is null ? null : (row.UserId, row.SessionId);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private async Task<Row?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            SelectFamily, new { hash, now = Now }, cancellationToken: cancellationToken));
    }

    private Task RevokeAsync(NpgsqlTransaction transaction, string sessionId, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "update identity.refresh_families set revoked_at = @now where session_id = @sessionId",
            new { sessionId, now = Now },
            transaction,
            cancellationToken: cancellationToken));

    private async Task<string> AddAsync(NpgsqlTransaction transaction, string sessionId, CancellationToken cancellationToken)
    {
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "insert into identity.refresh_tokens (token_sha256, session_id, issued_at) values (@hash, @sessionId, @now)",
            new { hash = Hash(token), sessionId, now = Now },
            transaction,
            cancellationToken: cancellationToken));
        return token;
    }

    private sealed record Row(string SessionId, string UserId, string Scopes);

    private sealed record Use(DateTime? UsedAt, bool Superseded, byte[]? Successor, DateTime? SuccessorUsedAt);
}

/// <param name="Next">The token to use next; null where none is given.</param>
/// <param name="Reused">The token was used before: the family has ended.</param>
internal sealed record RefreshOutcome(string? UserId, string? SessionId, string? Next, ScopeSet Scopes, bool Reused)
{
    public static RefreshOutcome Unknown { get; } = new(null, null, null, ScopeSet.None, false);
}
