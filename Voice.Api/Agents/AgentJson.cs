using System.Text.Json.Serialization;

namespace Voice.Api.Agents;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AgentModels))]
[JsonSerializable(typeof(IReadOnlyList<KnowledgeEntry>))]
[JsonSerializable(typeof(IReadOnlyList<AgentTool>))]
internal sealed partial class AgentJson : JsonSerializerContext;
