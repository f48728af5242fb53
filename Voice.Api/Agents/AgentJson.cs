using System.Text.Json.Serialization;

namespace Voice.Api.Agents;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AgentModels))]
[JsonSerializable(typeof(IReadOnlyList<KnowledgeEntry>))]
internal sealed partial class AgentJson : JsonSerializerContext;
