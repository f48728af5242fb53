using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Voice.Gateway.SecondFactor;

/// <summary>The second factors of people, and the codes that stand in for them.</summary>
internal sealed class SecondFactors(NpgsqlDataSource database, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("second factor secret");

    public async Task<SecondFactorState> StateAsync(string userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<SecondFactorState>(new CommandDefinition(
            """
            select (select confirmed_at from identity.second_factors where user_id = @userId) as confirmed_at,
                   (select count(*)::int from identity.recovery_codes where user_id = @userId and used_at is null) as recovery_codes_left
            """,
            new { userId },
            cancellationToken: cancellationToken));
    }

    /// <summary>A new secret that counts for nothing until a code of it has been shown. Replaces one that was never confirmed.</summary>
    /// <returns>Null where there is a confirmed one already.</returns>
    public async Task<byte[]?> BeginAsync(string userId, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.second_factors (user_id, secret, created_at) values (@userId, @sealed, @now)
            on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
            where second_factors.confirmed_at is null
            """,
            new { userId, @sealed = _protector.Protect(secret), now = time.GetUtcNow().UtcDateTime },
            cancellationToken: cancellationToken));
        return rows == 1 ? secret : null;
    }

    /// <returns>The recovery codes, shown once; null where the code is wrong or nothing waits for one.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(string userId, string code, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await TakeCodeAsync(transaction, userId, code, confirmed: false, cancellationToken))
        {
            return null;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "update identity.second_factors set confirmed_at = @now where user_id = @userId",
            new { userId, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        var codes = await ReplaceRecoveryCodesAsync(transaction, userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    /// <summary>Takes a code from an app, or one to recover with; each is good once, on all gateways together.</summary>
    public async Task<bool> AcceptAsync(string userId, string code, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await TakeCodeAsync(transaction, userId, code.Replace(" ", "", StringComparison.Ordinal), confirmed: true, cancellationToken)
            || await TakeRecoveryCodeAsync(transaction, userId, code, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken;
    }

    public async Task<IReadOnlyList<string>?> RenewRecoveryCodesAsync(string userId, CancellationToken cancellationToken)
    {
        if ((await StateAsync(userId, cancellationToken)).ConfirmedAt is null)
        {
            return null;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var codes = await ReplaceRecoveryCodesAsync(transaction, userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    public async Task<bool> RemoveAsync(string userId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            with codes as (delete from identity.recovery_codes where user_id = @userId),
                 gone as (delete from identity.second_factors where user_id = @userId returning 1)
            select exists (select from gone)
            """,
            new { userId },
            cancellationToken: cancellationToken));
    }

    private async Task<bool> TakeCodeAsync(NpgsqlTransaction transaction, string userId, string code, bool confirmed, CancellationToken cancellationToken)
    {
        var secret = await transaction.Connection!.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "select secret from identity.second_factors where user_id = @userId and (confirmed_at is not null) = @confirmed",
            new { userId, confirmed },
            transaction,
            cancellationToken: cancellationToken));
        if (secret is null || Totp.Match(_protector.Unprotect(secret), code, time.GetUtcNow()) is not { } step)
        {
            return false;
        }

        // Who comes second with the same code, here or on another gateway, changes no row.
        return await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "update identity.second_factors set last_step = @step where user_id = @userId and last_step < @step",
            new { userId, step },
            transaction,
            cancellationToken: cancellationToken)) == 1;
    }

    private async Task<bool> TakeRecoveryCodeAsync(NpgsqlTransaction transaction, string userId, string code, CancellationToken cancellationToken) =>
        RecoveryCode.Hash(code) is { } hash && await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "update identity.recovery_codes set used_at = @now where user_id = @userId and code_sha256 = @hash and used_at is null",
            new { userId, hash, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken)) == 1;

    private static async Task<IReadOnlyList<string>> ReplaceRecoveryCodesAsync(NpgsqlTransaction transaction, string userId, CancellationToken cancellationToken)
    {
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.New()).ToList();
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            delete from identity.recovery_codes where user_id = @userId;
            insert into identity.recovery_codes (user_id, code_sha256) select @userId, unnest(@hashes)
            """,
            new { userId, hashes = codes.Select(c => RecoveryCode.Hash(c)!).ToArray() },
            transaction,
            cancellationToken: cancellationToken));
        return codes;
    }
}
