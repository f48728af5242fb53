using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Testing;

/// <summary>
/// Identity tokens as the gateway issues them, made without the code that the services check them with: a JWT of three parts, HS256,
/// <c>{iss, aud, sub, org, kind, name, scope, iat, exp}</c>.
/// </summary>
public static class TestIdentity
{
    public const string SigningKey = "a-signing-key-for-tests-only-0123456789";

    /// <summary>Everything that anybody may do.</summary>
    public const string AllScopes =
        "sessions:read sessions:write agents:read agents:write speech:use usage:read keys:manage members:read members:manage audit:read " +
        "organization:read organization:manage platform:read";

    public static string Token(
        string organizationId = "org_default", string subject = "user_test", string kind = "user", string name = "tester@localhost", DateTimeOffset? expires = null,
        string scopes = AllScopes)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Sign(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT" }, new JsonObject
        {
            ["iss"] = "voiceaspire",
            ["aud"] = "voiceaspire-services",
            ["sub"] = subject,
            ["org"] = organizationId,
            ["kind"] = kind,
            ["name"] = name,
            ["scope"] = scopes,
            ["iat"] = (expires is { } end && end < now ? end.AddMinutes(-1) : now).ToUnixTimeSeconds(),
            ["exp"] = (expires ?? now.AddMinutes(30)).ToUnixTimeSeconds(),
        });
    }

    /// <summary>Any header and claims, well signed.</summary>
    public static string Sign(JsonObject header, JsonObject claims, string signingKey = SigningKey)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signingKey), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The client's requests come from this caller from now on.</summary>
    public static HttpClient As(this HttpClient client, string organizationId = "org_default", string subject = "user_test", string kind = "user", string scopes = AllScopes)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(organizationId, subject, kind, scopes: scopes));
        return client;
    }

    private static string Encode(JsonObject json) => Encode(Encoding.UTF8.GetBytes(json.ToJsonString(JsonSerializerOptions.Web)));

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
