using System.Text.Json;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Voice.ServiceDefaults.Live;

/// <summary>
/// The way back into a live session, over Redis pub/sub channel <c>live:{session}</c>. At most once: what is published while nobody
/// listens, or while Redis is away, is lost here and stays in the database of whoever published it.
/// A subscription survives a reconnect: the client subscribes again by itself.
/// </summary>
public sealed partial class LiveChannel(IConnectionMultiplexer redis, ILogger<LiveChannel> logger)
{
    /// <summary>Of a session that ends, and does not wait longer for a Redis that hangs.</summary>
    private static readonly TimeSpan UnsubscribeLimit = TimeSpan.FromSeconds(1);

    public Task PublishAsync(LiveIntervention message, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(message, LiveJson.Default.LiveIntervention);
        return redis.GetSubscriber().PublishAsync(ChannelOf(message.SessionId), body).WaitAsync(cancellationToken);
    }

    /// <inheritdoc cref="Subscribe"/>
    /// <summary>Once Redis knows that somebody listens.</summary>
    public async Task<IAsyncDisposable> SubscribeAsync(string sessionId, Action<LiveIntervention> onMessage, CancellationToken cancellationToken)
    {
        var subscription = Subscribe(sessionId, onMessage);
        try
        {
            await subscription.Made.WaitAsync(cancellationToken);
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync();
            throw;
        }
    }

    /// <summary>Listens from the moment in which Redis knows of it, which may be when it is back.</summary>
    /// <param name="onMessage">
    /// Never called concurrently for one subscription; must not block. <see cref="LiveIntervention.OccurredAt"/> tells the order.
    /// </param>
    public LiveSubscription Subscribe(string sessionId, Action<LiveIntervention> onMessage)
    {
        var channel = ChannelOf(sessionId);
        var subscriber = redis.GetSubscriber();
        var gate = new Lock();
        void Receive(RedisChannel _, RedisValue body)
        {
            lock (gate)
            {
                Deliver(sessionId, body, onMessage);
            }
        }

        return new LiveSubscription(subscriber.SubscribeAsync(channel, Receive), async () =>
        {
            try
            {
                await subscriber.UnsubscribeAsync(channel, Receive).WaitAsync(UnsubscribeLimit, TimeProvider.System);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                // The handler is gone from this process either way; a server that is away has forgotten the subscription by itself, and one
                // that hangs is told when it goes on.
                Log.UnsubscribeFailed(logger, sessionId, exception);
            }
        });
    }

    private static RedisChannel ChannelOf(string sessionId) => new($"live:{sessionId}", RedisChannel.PatternMode.Literal);

    private void Deliver(string sessionId, RedisValue body, Action<LiveIntervention> onMessage)
    {
        try
        {
            if (JsonSerializer.Deserialize((string?)body ?? "null", LiveJson.Default.LiveIntervention) is { } message)
            {
                onMessage(message);
            }
        }
        catch (Exception exception)
        {
            // The client library swallows what a subscriber throws; a lost intervention must at least be seen.
            Log.DeliveryFailed(logger, sessionId, exception);
        }
    }
}
