using Voice.Api.Agents;
using Voice.Api.Recordings;
using Voice.Api.Transcripts;
using Voice.ServiceDefaults;

namespace Voice.Api.Sessions;

internal static class SessionServiceCollectionExtensions
{
    // The app model gives a service ten seconds to stop; what is not stored by then, the sweeper of the next process finishes.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Adds agents and the record of conversations: journals, recordings, transcripts, heartbeat and sweeper.</summary>
    public static WebApplicationBuilder AddSessions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSectionOptions<SessionRecordOptions, SessionRecordOptionsValidator>(SessionRecordOptions.Section);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.AddSingleton<StarterAgents>();
        services.AddSingleton<AgentCatalog>();
        services.AddSingleton<AgentAccess>();
        services.AddSingleton<RecordingStore>();
        services.AddSingleton<RecordingSignatures>();
        services.AddSingleton<TranscriptStore>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SessionRecordMetrics>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionEnding>();
        services.AddSingleton<SessionJournalServices>();
        services.AddSingleton<SessionJournals>();
        services.AddHostedService<SessionHeartbeat>();
        services.AddSingleton<OrphanSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<OrphanSweeper>());
        return builder;
    }
}
