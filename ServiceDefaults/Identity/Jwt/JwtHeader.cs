using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.ServiceDefaults.Identity.Jwt;

/// <summary>All of a header that is looked at. <c>jku</c>, <c>jwk</c>, <c>x5u</c> and <c>x5c</c> would let a token bring its own key; they are not read.</summary>
internal sealed record JwtHeader(
    [property: JsonPropertyName("alg")] string? Alg,
    [property: JsonPropertyName("typ")] string? Typ,
    [property: JsonPropertyName("kid")] string? Kid,
    [property: JsonPropertyName("crit")] JsonElement? Crit);

[JsonSourceGenerationOptions(AllowDuplicateProperties = false)]
[JsonSerializable(typeof(JwtHeader))]
internal sealed partial class JwtJson : JsonSerializerContext;
