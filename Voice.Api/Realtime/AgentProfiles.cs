using System.Runtime.CompilerServices;
using Voice.Api.Agents;
using Voice.Core.Conversations;
using Voice.Core.Tools;

namespace Voice.Api.Realtime;

/// <summary>An agent as the engine knows it.</summary>
internal static class AgentProfiles
{
    // Sessions of one agent share its definition, and so they do this.
    private static readonly ConditionalWeakTable<AgentDefinition, AgentProfile> Known = [];

    public static AgentProfile From(AgentDefinition agent) => Known.GetValue(agent, Create);

    private static AgentProfile Create(AgentDefinition agent) => new(
        agent.Mode, agent.Language, agent.TargetLanguage, agent.Instructions, agent.Greeting, agent.Voice,
        agent.Models.Transcription, agent.Models.Chat, agent.Models.Speech, [.. agent.Knowledge.Select(entry => new Knowledge(entry.Title, entry.Text))])
    {
        Fallbacks = agent.Models.Fallbacks,
        Tools = [.. agent.Tools.Select(tool => new ToolDefinition(tool.Name, tool.Description, tool.Schema)
        {
            Timeout = TimeSpan.FromMilliseconds(tool.TimeoutMs), Filler = tool.Filler,
        })],
    };
}
