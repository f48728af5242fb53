using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Safety.Interventions;

internal static class InterventionsServiceCollectionExtensions
{
    public static void AddInterventions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SafetyMetrics>();
        builder.Services.AddHostedService<SafetyWarmup>();
        builder.Services.AddSingleton<InterventionStore>();
        builder.Services.AddHostedService<InterventionPublisher>();
        builder.AddOutbox("safety");
        builder.AddSubscription(Subscriptions.Safety, "safety")
            .AddHandler<SessionStarted, SessionLifetimeHandler>()
            .AddHandler<TurnCompleted, TurnSafetyHandler>()
            .AddHandler<SessionEnded, SessionLifetimeHandler>();
    }
}
