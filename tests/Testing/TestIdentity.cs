using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Testing;

/// <summary>
/// Identity tokens as the gateway issues them, made without the code that the services check them with: a JWT of three parts, ES256,
/// <c>{iss, aud, sub, org, kind, name, scope, iat, exp}</c>, under a key that each test process makes for itself.
/// </summary>
public static class TestIdentity
{
    /// <summary>The secret of a service that a test starts.</summary>
    public const string SigningKey = "a-signing-key-for-tests-only-0123456789";

    public const string KeyId = "test-gateway";
    public const string Type = "voice-identity+jwt";

    /// <summary>Everything that anybody may do.</summary>
    public const string AllScopes =
        "sessions:read sessions:write agents:read agents:write speech:use usage:read keys:manage members:read members:manage audit:read " +
        "organization:read organization:manage platform:read pipelines:read pipelines:write providers:write";

    private static readonly string[] Services = ["voice-api", "inference-worker", "safety-worker", "export-worker", "web", "test-service"];
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What a service gets as <c>Auth:TrustedKeys:gateway</c>.</summary>
    public static string TrustedKeys { get; } = new JsonObject { ["keys"] = new JsonArray(PublicKey(KeyId, Key)) }.ToJsonString();

    public static JsonObject Header => new() { ["alg"] = "ES256", ["typ"] = Type, ["kid"] = KeyId };

    /// <summary>The settings of a service that takes tokens from here.</summary>
    public static Dictionary<string, string?> Settings => new()
    {
        ["Auth:SigningKey"] = SigningKey,
        ["Auth:TrustedKeys:gateway"] = TrustedKeys,
        ["Auth:TrustedKeys:voice-api"] = TrustedKeys.Replace(KeyId, "test-voice-api", StringComparison.Ordinal),
        ["Auth:TrustedKeys:inference-worker"] = TrustedKeys.Replace(KeyId, "test-inference-worker", StringComparison.Ordinal),
    };

    public static string Token(
        string organizationId = "org_default", string subject = "user_test", string kind = "user", string name = "tester@localhost", DateTimeOffset? expires = null,
        string scopes = AllScopes, string? role = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Sign(Header, new JsonObject
        {
            ["role"] = role,
            ["iss"] = "gateway",
            ["aud"] = new JsonArray([.. Services.Select(service => (JsonNode)service)]),
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
    public static string Sign(JsonObject header, JsonObject claims, ECDsa? key = null)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        lock (Key)
        {
            return $"{signed}.{Base64Url.EncodeToString((key ?? Key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
        }
    }

    public static string Encode(JsonNode json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString(JsonSerializerOptions.Web)));

    /// <summary>As a JSON Web Key.</summary>
    public static JsonObject PublicKey(string kid, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["alg"] = "ES256",
            ["kid"] = kid,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    /// <summary>The client's requests come from this caller from now on.</summary>
    public static HttpClient As(this HttpClient client, string organizationId = "org_default", string subject = "user_test", string kind = "user", string scopes = AllScopes)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(organizationId, subject, kind, scopes: scopes));
        return client;
    }
}
