using Voice.Api.Agents;
using Voice.Core.Tools;

namespace Voice.Api.Tools;

/// <summary>The HTTP tools of one agent.</summary>
internal sealed class HttpToolRunner(AgentDefinition agent, HttpToolClient client) : IToolRunner
{
    public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken) =>
        agent.Tools.FirstOrDefault(tool => tool.Name == call.Tool.Name) is { } tool
            ? client.CallAsync(agent.OrganizationId, tool, call, cancellationToken)
            : Task.FromResult(new ToolResult($"There is no tool '{call.Tool.Name}'.", Failed: true));
}
