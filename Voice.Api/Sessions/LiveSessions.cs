using System.Text.Json;
using StackExchange.Redis;

namespace Voice.Api.Sessions;

/// <summary>
/// The hot state of live sessions in Redis. Derived from the record and never needed to rebuild it: a Redis that is away costs nobody
/// a conversation. A key outlives its server by <see cref="Lifetime"/>.
/// </summary>
internal sealed partial class LiveSessions(IConnectionMultiplexer redis, ILogger<LiveSessions> logger)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

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
            await command(redis.GetDatabase());
        }
        catch (Exception exception) when (exception is RedisException or RedisConnectionException or TimeoutException or ObjectDisposedException)
        {
            Log.NotWritten(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The hot state of a session could not be written to Redis")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
