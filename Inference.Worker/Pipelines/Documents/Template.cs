using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>
/// JSON whose texts have references between double braces. A text that is one reference becomes its value, of whatever type; in a longer text the
/// value is written out.
/// </summary>
internal static partial class Template
{
    /// <summary>Every text between braces, whether or not it is a reference.</summary>
    public static IEnumerable<string> Expressions(string text) => Braces().Matches(text).Select(match => match.Groups[1].Value.Trim());

    /// <summary>The expression, where a text is nothing else.</summary>
    public static string? Whole(string text) => Braces().Match(text) is { Success: true } match && match.Length == text.Length ? match.Groups[1].Value.Trim() : null;

    /// <param name="value">Of a reference; null where there is none.</param>
    public static JsonNode? Resolve(JsonNode? template, Func<Reference, JsonNode?> value) => template switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value, value)))),
        JsonArray elements => new JsonArray([.. elements.Select(element => Resolve(element, value))]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Resolve(text.GetValue<string>(), value),
        _ => template?.DeepClone(),
    };

    /// <summary>As it stands in a text: strings as they are, nothing for null, JSON for the rest.</summary>
    public static string Written(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<double>(out var real) => real.ToString(CultureInfo.InvariantCulture),
        _ => value.ToJsonString(),
    };

    private static JsonNode? Resolve(string text, Func<Reference, JsonNode?> value)
    {
        if (Whole(text) is { } whole)
        {
            return Of(whole, value)?.DeepClone();
        }

        return JsonValue.Create(Braces().Replace(text, match => Written(Of(match.Groups[1].Value.Trim(), value))));
    }

    private static JsonNode? Of(string expression, Func<Reference, JsonNode?> value) =>
        Reference.TryParse(expression, out var reference) ? value(reference) : throw new InvalidOperationException("A document with a broken reference was saved.");

    [GeneratedRegex(@"\{\{(.*?)\}\}", RegexOptions.Singleline)]
    private static partial Regex Braces();
}
