using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>
/// <c>when</c> of a step: a value compared (<c>{"value":"{{steps.look.safety.severity}}","equals":"crisis"}</c>), or several conditions
/// (<c>all</c>, <c>any</c>, <c>not</c>). Texts are compared without regard to case.
/// </summary>
internal sealed record Condition(JsonObject Source)
{
    public static readonly IReadOnlyList<string> Comparisons = ["equals", "not_equals", "contains", "greater_than", "less_than", "exists"];

    public bool Holds(Func<Reference, JsonNode?> value) => Holds(Source, value);

    private static bool Holds(JsonObject condition, Func<Reference, JsonNode?> value)
    {
        if (condition["all"] is JsonArray all)
        {
            return all.All(inner => Holds(inner!.AsObject(), value));
        }

        if (condition["any"] is JsonArray any)
        {
            return any.Any(inner => Holds(inner!.AsObject(), value));
        }

        if (condition["not"] is JsonObject not)
        {
            return !Holds(not, value);
        }

        var left = Template.Resolve(condition["value"], value);
        return condition.Where(member => member.Key != "value").All(member => Compare(left, member.Key, Template.Resolve(member.Value, value)));
    }

    private static bool Compare(JsonNode? left, string comparison, JsonNode? right) => comparison switch
    {
        "equals" => Same(left, right),
        "not_equals" => !Same(left, right),
        "contains" => left is JsonArray list ? list.Any(element => Same(element, right)) : Template.Written(left).Contains(Template.Written(right), StringComparison.OrdinalIgnoreCase),
        "greater_than" => Number(left) > Number(right),
        "less_than" => Number(left) < Number(right),
        _ => left is not null and not JsonArray { Count: 0 } == (right?.GetValueKind() == JsonValueKind.True),
    };

    private static bool Same(JsonNode? left, JsonNode? right) =>
        left?.GetValueKind() == JsonValueKind.String && right?.GetValueKind() == JsonValueKind.String
            ? string.Equals(Template.Written(left), Template.Written(right), StringComparison.OrdinalIgnoreCase)
            : JsonNode.DeepEquals(left, right);

    // What is no number compares false with everything.
    private static double Number(JsonNode? value) =>
        double.TryParse(Template.Written(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
