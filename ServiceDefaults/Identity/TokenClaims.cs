using System.Text.Json.Serialization;

namespace Voice.ServiceDefaults.Identity;

internal sealed record TokenClaims(
    [property: JsonPropertyName("iss")] string Iss,
    [property: JsonPropertyName("aud")] IReadOnlyList<string> Aud,
    [property: JsonPropertyName("sub")] string Sub,
    [property: JsonPropertyName("org")] string Org,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("role")] string? Role,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("iat")] long Iat,
    [property: JsonPropertyName("exp")] long Exp);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class IdentityJson : JsonSerializerContext;
