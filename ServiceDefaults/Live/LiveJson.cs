using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.ServiceDefaults.Live;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveIntervention))]
internal sealed partial class LiveJson : JsonSerializerContext;
