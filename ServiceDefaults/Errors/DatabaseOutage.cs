using Npgsql;

namespace Voice.ServiceDefaults.Errors;

/// <summary>Is the database away, or is what was asked of it wrong?</summary>
public static class DatabaseOutage
{
    /// <summary>No connection, or a server that ends, starts (class 57) or has no room (53): trying again later helps.</summary>
    public static bool Is(Exception exception) => exception is PostgresException refusal
        ? refusal.SqlState.AsSpan(0, 2) is "57" or "53" or "08"
        : exception is NpgsqlException;
}
