using Npgsql;

namespace Voice.ServiceDefaults.Errors;

/// <summary>For what somebody waits for at the other end of a connection.</summary>
public static class DatabasePatience
{
    /// <summary>
    /// Waits so long and no longer. What was asked is left to itself, not cancelled: the driver asks a server to cancel on the thread that
    /// does, and one that hangs would hold that thread, too.
    /// </summary>
    /// <exception cref="NpgsqlException">The database did not answer in time: a <see cref="DatabaseOutage"/>.</exception>
    public static async Task<T> WithinAsync<T>(this Task<T> asked, TimeSpan limit, TimeProvider time)
    {
        await WithinAsync((Task)asked, limit, time);
        return await asked;
    }

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static async Task WithinAsync(this Task asked, TimeSpan limit, TimeProvider time)
    {
        try
        {
            await asked.WaitAsync(limit, time);
        }
        catch (TimeoutException exception) when (!asked.IsCompleted)
        {
            throw new NpgsqlException("The database did not answer in time.", exception);
        }
    }
}
