using System.Text.Json.Serialization;
using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.ServiceDefaults.Identity.Keys;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JwtHeader))]
internal sealed partial class SigningJson : JsonSerializerContext;
