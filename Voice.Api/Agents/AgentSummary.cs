namespace Voice.Api.Agents;

/// <summary>An agent as clients see it; its instructions and knowledge stay with the operator.</summary>
internal sealed record AgentSummary(
    string Id, string Name, string Description, string Mode, string Language, string? TargetLanguage, string? Voice, int Version,
    IReadOnlyList<AgentToolSummary> Tools)
{
    public static AgentSummary From(AgentDefinition agent) =>
        new(agent.Id, agent.Name, agent.Description, agent.Mode, agent.Language, agent.TargetLanguage, agent.Voice, agent.Version,
            [.. agent.Tools.Select(AgentToolSummary.From)]);
}
