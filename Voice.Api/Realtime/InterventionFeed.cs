using StackExchange.Redis;
using Voice.Core.Conversations;
using Voice.Core.Replay;
using Voice.Core.Safety;
using Voice.ServiceDefaults.Live;

namespace Voice.Api.Realtime;

/// <summary>What the safety worker finds in a live session comes back into it: shown always, and spoken where somebody is in danger.</summary>
internal sealed class InterventionFeed : IAsyncDisposable
{
    private static readonly TimeSpan SubscribeLimit = TimeSpan.FromSeconds(1);

    private readonly LiveSubscription _subscription;

    private InterventionFeed(LiveSubscription subscription) => _subscription = subscription;

    /// <param name="onMissing">The conversation goes on without the feed until Redis is back; its interventions are in the safety worker's store.</param>
    public static async Task<InterventionFeed> StartAsync(
        RealtimeServices services, Conversation conversation, RealtimeSender sender, SessionState session, SessionLog? log, Action<string, Exception> onMissing)
    {
        var subscription = services.Live.Subscribe(session.Id, Deliver);
        try
        {
            await subscription.Made.WaitAsync(SubscribeLimit, services.Time);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            onMissing(session.Id, exception);
        }

        return new InterventionFeed(subscription);

        void Deliver(LiveIntervention intervention)
        {
            conversation.Tell(new ConversationEvent.Notice(intervention));
            // An interpreter is nobody's voice; a companion has often said it already.
            if (intervention.Severity == CrisisSeverities.Crisis && session.Agent.Mode != "interpreter" && !sender.SaidRecently(intervention.Message))
            {
                log?.Say(intervention.Message);
                conversation.Say(intervention.Message);
            }
        }
    }

    public ValueTask DisposeAsync() => _subscription.DisposeAsync();
}
