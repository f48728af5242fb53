using System.Text.Json;
using StackExchange.Redis;

namespace Voice.Api.Sessions;

/// <summary>
/// The hot state of live sessions in Redis. Derived from the record and never needed to rebuild it: a Redis that is away costs nobody
/// a conversation. A key outlives its server by <see cref="Lifetime"/>.
/// </summary>
internal sealed partial class LiveSessions(IConnectionMultiplexer redis, TimeProvider time, ILogger<LiveSessions> logger)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // This client has no limit of its own for a command that was sent; a Redis that hangs must not hold up the turns behind it.
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(1);

    public Task SetAsync(LiveSession session) => TryAsync(database =>
        database.StringSetAsync(Key(session.Id), JsonSerializer.Serialize(session, SessionJson.Default.LiveSession), Lifetime));

    public Task KeepAsync(IReadOnlyCollection<string> sessionIds) => TryAsync(database =>
        Task.WhenAll(sessionIds.Select(id => database.KeyExpireAsync(Key(id), Lifetime))));

    public Task RemoveAsync(string sessionId) => TryAsync(database => database.KeyDeleteAsync(Key(sessionId)));

    public static string Key(string sessionId) => $"session:{sessionId}";

    private async Task TryAsync(Func<IDatabase, Task> command)
    {
        try
        {
            await command(redis.GetDatabase()).WaitAsync(CommandTimeout, time);
        }
        catch (Exception exception)
        {
            // Whatever Redis has, what is derived can be missed.
            Log.NotWritten(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The hot state of a session could not be written to Redis")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
