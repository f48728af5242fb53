using System.Text.Json;

namespace Voice.Api.Agents;

/// <summary>A tool as clients see it: what it does and where, none of the values that open the door.</summary>
/// <param name="Url">Without its query and user, which may hold a key.</param>
/// <param name="Headers">Names only.</param>
internal sealed record AgentToolSummary(
    string Name, string Description, JsonElement Parameters, string Method, string Url, IReadOnlyList<string> Headers, int TimeoutMs, string? Filler)
{
    public static AgentToolSummary From(AgentTool tool) => new(
        tool.Name, tool.Description, tool.Schema, tool.Method,
        tool.Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
        [.. (tool.Headers ?? new Dictionary<string, string>()).Keys.Order(StringComparer.Ordinal)], tool.TimeoutMs, tool.Filler);
}
