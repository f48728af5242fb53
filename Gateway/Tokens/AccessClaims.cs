using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.Gateway.Tokens;

/// <summary>What an access token says that the gateway asks.</summary>
internal sealed record AccessClaims(string UserId, string SessionId, string OrganizationId, ScopeSet Scopes, JsonElement Json)
{
    public static AccessClaims? TryRead(JsonElement claims) =>
        StrictJwt.Text(claims, "sub") is { } user && StrictJwt.Text(claims, "sid") is { } session && StrictJwt.Text(claims, "org") is { } organization
            ? new AccessClaims(user, session, organization, ScopeSet.Parse(StrictJwt.Text(claims, "scope")), claims)
            : null;
}

internal sealed record AccessTokenClaims(
    [property: JsonPropertyName("iss")] string Iss,
    [property: JsonPropertyName("aud")] string Aud,
    [property: JsonPropertyName("sub")] string Sub,
    [property: JsonPropertyName("sid")] string Sid,
    [property: JsonPropertyName("org")] string Org,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("jti")] string Jti,
    [property: JsonPropertyName("iat")] long Iat,
    [property: JsonPropertyName("exp")] long Exp);

[JsonSerializable(typeof(AccessTokenClaims))]
internal sealed partial class TokenJson : JsonSerializerContext;
