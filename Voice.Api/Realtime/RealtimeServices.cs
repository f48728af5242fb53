using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Voice.Api.Agents;
using Voice.Api.Replay;
using Voice.Api.Sessions;
using Voice.Api.Tools;
using Voice.Core.Conversations;
using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.ServiceDefaults.Live;

namespace Voice.Api.Realtime;

/// <summary>What every live session needs.</summary>
internal sealed class RealtimeServices(
    AgentCatalog agents, SessionJournals journals, LiveChannel live, ILiveTranscriber transcriber, IChatClient chat, ISpeechSynthesizer synthesizer,
    ITranslator translator, ProviderResilience resilience, HttpToolClient tools, SessionLogs logs, IOptions<RealtimeOptions> options, RealtimeMetrics metrics, TimeProvider time, ILoggerFactory loggers)
{
    public AgentCatalog Agents => agents;

    public SessionJournals Journals => journals;

    /// <summary>What a client that wants to begin waits for the database.</summary>
    public TimeSpan OpenLimit => journals.OpenLimit;

    public SessionLogs Logs => logs;

    public LiveChannel Live => live;

    public ConversationProviders Providers { get; } = new(transcriber, chat, synthesizer, translator) { Resilience = resilience };

    /// <summary>With the agent's own tools.</summary>
    public ConversationProviders ProvidersOf(AgentDefinition agent) => agent.Tools.Count == 0 ? Providers : Providers with { Tools = new HttpToolRunner(agent, tools) };

    public RealtimeOptions Options => options.Value;

    public RealtimeMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public ILogger<RealtimeSession> Logger { get; } = loggers.CreateLogger<RealtimeSession>();
}
