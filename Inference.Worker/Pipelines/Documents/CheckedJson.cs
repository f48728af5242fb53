using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>
/// JSON of a stranger, before it is kept: what PostgreSQL or a reader further on would choke on (NUL, half of a surrogate pair, a name twice, numbers
/// beyond all bounds) is refused here, with its place.
/// </summary>
internal static class CheckedJson
{
    private const int MaxNumber = 64;

    /// <summary>Null where the element cannot be kept; then <paramref name="problem"/> says why.</summary>
    public static JsonNode? Read(JsonElement element, string path, out PipelineProblem? problem)
    {
        problem = Check(element, path);
        return problem is null ? Node(element) : null;
    }

    private static PipelineProblem? Check(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject())
                {
                    if (Name(member) is not { } name || !IsText(name) || !names.Add(name))
                    {
                        return new PipelineProblem(null, path, "A name is there twice, or is no text.");
                    }

                    if (Check(member.Value, path.Length == 0 ? name : $"{path}.{name}") is { } inner)
                    {
                        return inner;
                    }
                }

                return null;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, index) => Check(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null);
            case JsonValueKind.String:
                return Text(element) is { } text && IsText(text) ? null : new PipelineProblem(null, path, "The text has a NUL, or half of a surrogate pair.");
            case JsonValueKind.Number:
                return element.GetRawText().Length <= MaxNumber && element.TryGetDouble(out var number) && double.IsFinite(number) && Math.Abs(number) < 1e100
                    ? null
                    : new PipelineProblem(null, path, "The number is out of bounds.");
            default:
                return null;
        }
    }

    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Node(member.Value)))),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(Node)]),
        JsonValueKind.String => JsonValue.Create(element.GetString()),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? JsonValue.Create(whole) : JsonValue.Create(element.GetDouble()),
        var kind => JsonValue.Create(kind == JsonValueKind.True),
    };

    private static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal);

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
