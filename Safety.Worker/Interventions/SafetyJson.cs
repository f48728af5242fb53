using System.Text.Json.Serialization;
using Voice.ServiceDefaults.Live;

namespace Voice.Safety.Interventions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SessionContext))]
[JsonSerializable(typeof(IReadOnlyList<LiveResource>))]
internal sealed partial class SafetyJson : JsonSerializerContext;
