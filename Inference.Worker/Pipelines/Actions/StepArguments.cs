using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;
using Voice.Inference.Pipelines.Runs;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>The parameters of a step with their references resolved. What does not fit fails the step: its author sees which and why.</summary>
internal sealed class StepArguments(JsonObject values)
{
    private const int MaxText = 1_000_000;

    public string? Text(string name) => values[name] switch
    {
        null => null,
        JsonObject or JsonArray => throw Unfit(name, "a text"),
        var value when Template.Written(value) is { Length: <= MaxText } text => text,
        _ => throw new StepFailedException("invalid_value", $"'{name}' has more than {MaxText} characters."),
    };

    public string Required(string name) => Text(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw Missing(name);

    public double? Number(string name, double least, double most)
    {
        if (values[name] is null)
        {
            return null;
        }

        return double.TryParse(Template.Written(values[name]), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new StepFailedException("invalid_value", string.Create(CultureInfo.InvariantCulture, $"'{name}' must be a number from {least} to {most}."));
    }

    public JsonNode? Json(string name) => values[name];

    public IReadOnlyList<string>? List(string name) => values[name] switch
    {
        null => null,
        JsonArray list when list.All(item => item?.GetValueKind() == JsonValueKind.String) => [.. list.Select(item => item!.GetValue<string>())],
        _ => throw Unfit(name, "a list of texts"),
    };

    public IReadOnlyDictionary<string, string> Map(string name) => values[name] switch
    {
        null => new Dictionary<string, string>(),
        JsonObject map when map.All(member => member.Value is not (JsonObject or JsonArray)) => map.ToDictionary(member => member.Key, member => Template.Written(member.Value)),
        _ => throw Unfit(name, "an object of texts"),
    };

    /// <summary>Id of the file.</summary>
    public string Audio(string name) =>
        values[name] switch
        {
            null => throw Missing(name),
            JsonObject file when file[PipelineFile.Member]?.GetValueKind() == JsonValueKind.String => file[PipelineFile.Member]!.GetValue<string>(),
            _ => throw Unfit(name, "audio"),
        };

    private static StepFailedException Missing(string name) => new("missing_value", $"'{name}' has no value: what it refers to is empty, or its step was skipped.");

    private static StepFailedException Unfit(string name, string wanted) => new("invalid_value", $"'{name}' is not {wanted}.");
}
