using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.Core.Replay;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionLogHeader))]
[JsonSerializable(typeof(EngineCommand))]
[JsonSerializable(typeof(ProviderEntry))]
internal sealed partial class LogJson : JsonSerializerContext;
