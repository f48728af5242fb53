using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Core.Tools;

namespace Voice.Api.Agents;

/// <summary>A function of the agent's that the server calls over HTTP, as the <c>tools</c> column of an agent holds it.</summary>
/// <param name="Parameters">JSON schema of the arguments, an object; may be left out where there are none.</param>
/// <param name="Method"><c>POST</c>, the arguments as a JSON body, or <c>GET</c>, the arguments as a query.</param>
/// <param name="Headers">Sent as they are; their values are secrets.</param>
/// <param name="Filler">Said while a call takes long; null for a phrase of the platform's.</param>
internal sealed record AgentTool(
    string Name,
    string Description,
    JsonElement Parameters,
    Uri Url,
    string Method = "POST",
    IReadOnlyDictionary<string, string>? Headers = null,
    int TimeoutMs = 10_000,
    string? Filler = null)
{
    [JsonIgnore]
    public JsonElement Schema => Parameters.ValueKind == JsonValueKind.Object ? Parameters : ToolDefinition.NoParameters;
}
