using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.ServiceDefaults.Identity.Jwt;

/// <summary>Public keys, as they are published.</summary>
public sealed record JsonWebKeySet([property: JsonPropertyName("keys")] IReadOnlyList<JsonWebKey> Keys)
{
    public const string ContentType = "application/jwk-set+json";

    public string ToJson() => JsonSerializer.Serialize(this, JsonWebKeyJson.Default.JsonWebKeySet);

    /// <summary>The keys that can verify something; a set may hold others.</summary>
    /// <returns>Null where this is no set of keys.</returns>
    public static IReadOnlyDictionary<string, VerificationKey>? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            var keys = new Dictionary<string, VerificationKey>(StringComparer.Ordinal);
            foreach (var entry in JsonSerializer.Deserialize(json, JsonWebKeyJson.Default.JsonWebKeySet)?.Keys ?? [])
            {
                if (entry is not null && entry.TryCreate(out var key))
                {
                    keys[key.Kid] = key;
                }
            }

            return keys;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonWebKeySet))]
internal sealed partial class JsonWebKeyJson : JsonSerializerContext;
