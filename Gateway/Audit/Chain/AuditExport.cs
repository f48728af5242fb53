using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.Gateway.Audit;

/// <summary>The lines of an export: entries in order, then the head.</summary>
internal static class AuditExport
{
    public const string EntryType = "entry";
    public const string HeadType = "head";

    /// <summary>An <see cref="AuditEntry"/> or an <see cref="AuditHead"/>; null where the line is neither.</summary>
    public static object? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var type = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("type", out var named) ? named.GetString() : null;
            return type switch
            {
                EntryType => JsonSerializer.Deserialize(line, AuditJson.Default.AuditEntry),
                HeadType => JsonSerializer.Deserialize(line, AuditJson.Default.AuditHead),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditHead))]
internal sealed partial class AuditJson : JsonSerializerContext;
