using Dapper;
using Npgsql;
using Voice.ServiceDefaults;

namespace Voice.Gateway.Accounts;

internal static class NewAccount
{
    /// <summary>Accounts exist for addresses that are known to be their owner's: what was mailed there has come back, or a provider vouches for it.</summary>
    /// <param name="passwordHash">Null for who comes in by a provider.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="PostgresException">A unique violation: there is one with the address.</exception>
    public static async Task<string> InsertAsync(
        NpgsqlTransaction transaction, string email, string? passwordHash, string language, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Ids.New("user", time);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.users (id, email, password_hash, security_stamp, language, created_at)
            values (@id, @email, @passwordHash, @stamp, @language, @now)
            """,
            new { id, email, passwordHash, stamp = Guid.NewGuid().ToString("n"), language, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        return id;
    }
}
