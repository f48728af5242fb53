using System.Text.Json.Serialization;

namespace Voice.ServiceDefaults.Identity;

internal sealed record TokenClaims(
    [property: JsonPropertyName("iss")] string? Iss,
    [property: JsonPropertyName("aud")] string? Aud,
    [property: JsonPropertyName("sub")] string? Sub,
    [property: JsonPropertyName("org")] string? Org,
    [property: JsonPropertyName("kind")] string? Kind,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("role")] string? Role,
    [property: JsonPropertyName("scope")] string? Scope,
    [property: JsonPropertyName("iat")] long? Iat,
    [property: JsonPropertyName("exp")] long? Exp);

internal sealed record TokenHeader([property: JsonPropertyName("alg")] string? Alg);

[JsonSerializable(typeof(TokenClaims))]
[JsonSerializable(typeof(TokenHeader))]
internal sealed partial class IdentityJson : JsonSerializerContext;
