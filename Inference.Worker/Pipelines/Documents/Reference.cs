using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>
/// What stands between braces: <c>inputs.name</c>, <c>steps.id.member</c> or <c>run.id</c>, further members after dots, elements of lists in
/// brackets: <c>{{steps.asr.segments[0].text}}</c>.
/// </summary>
internal sealed partial record Reference(string Text, string Root, string Name, IReadOnlyList<string> Path)
{
    public const string Inputs = "inputs";
    public const string Steps = "steps";
    public const string Run = "run";

    public static bool TryParse(string text, [NotNullWhen(true)] out Reference? reference)
    {
        var match = Shape().Match(text);
        reference = match.Success
            ? new Reference(text, match.Groups["root"].Value, match.Groups["name"].Value, [.. match.Groups["part"].Captures.Select(part => part.Value)])
            : null;
        return match.Success;
    }

    /// <summary>Below a value; null where nothing is there.</summary>
    public JsonNode? Follow(JsonNode? value)
    {
        foreach (var part in Path)
        {
            value = value switch
            {
                JsonObject members => members[part],
                JsonArray elements when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < elements.Count => elements[index],
                _ => null,
            };
        }

        return value;
    }

    [GeneratedRegex(@"^(?<root>inputs|steps|run)\.(?<name>[a-z][a-z0-9_]{0,39})(?:\.(?<part>[A-Za-z_][A-Za-z0-9_-]{0,63})|\[(?<part>[0-9]{1,4})\]){0,16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
