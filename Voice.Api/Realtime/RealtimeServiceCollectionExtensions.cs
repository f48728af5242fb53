using Voice.Api.Realtime.ClientSecrets;
using Voice.Api.Replay;
using Voice.ServiceDefaults;

namespace Voice.Api.Realtime;

internal static class RealtimeServiceCollectionExtensions
{
    /// <summary>Adds live conversations, their logs and the replay of those.</summary>
    public static WebApplicationBuilder AddRealtime(this WebApplicationBuilder builder)
    {
        builder.Services.AddSectionOptions<RealtimeOptions, RealtimeOptionsValidator>(RealtimeOptions.Section);
        builder.Services.AddSingleton<RealtimeMetrics>();
        builder.Services.AddSingleton<RealtimeServices>();
        builder.Services.AddSingleton<LoadMonitor>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LoadMonitor>());
        builder.Services.AddSingleton<Admission>();
        builder.Services.AddSingleton<ClientSecretMint>();
        builder.Services.AddSingleton<SessionOpening>();
        builder.Services.AddSingleton<RealtimeEntrance>();
        builder.Services.AddSingleton<RealtimeSessions>();
        builder.Services.AddSingleton<RealtimeDrain>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RealtimeDrain>());
        builder.Services.AddHealthChecks().AddCheck<RealtimeDrain>("realtime");
        builder.Services.ConfigureOptions<DrainShutdownTimeout>();
        builder.Services.AddHostedService<RealtimeWarmup>();
        return builder.AddReplay();
    }
}
