using System.Text.Json;

namespace Voice.Client;

/// <summary>One server event.</summary>
/// <param name="ReceivedAt"><see cref="TimeProvider.GetTimestamp"/> when its last byte had been read.</param>
public sealed record RealtimeEvent(string Type, JsonElement Body, long ReceivedAt)
{
    public string? Text(string property) =>
        Body.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public double? Number(string property) =>
        Body.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>The object's own property, e.g. <c>Text("session", "id")</c>.</summary>
    public string? Text(string container, string property) =>
        Body.TryGetProperty(container, out var inner) && inner.ValueKind == JsonValueKind.Object
            && inner.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;

    /// <summary>Name to number of an object property; what is not a number is left out.</summary>
    public IReadOnlyDictionary<string, double> Numbers(string property)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        if (Body.TryGetProperty(property, out var container) && container.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in container.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Number))
            {
                numbers[member.Name] = member.Value.GetDouble();
            }
        }

        return numbers;
    }
}
