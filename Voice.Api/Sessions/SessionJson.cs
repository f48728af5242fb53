using System.Text.Json.Serialization;

namespace Voice.Api.Sessions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, double>))]
[JsonSerializable(typeof(LiveSession))]
internal sealed partial class SessionJson : JsonSerializerContext;
