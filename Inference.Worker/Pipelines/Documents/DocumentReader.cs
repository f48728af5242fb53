using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>Reads a pipeline's document and says everything that is wrong with it, each with its place: an author mends it in one go.</summary>
internal static partial class DocumentReader
{
    public const int MaxSteps = 50;
    private const int MaxInputs = 32;
    private const int MaxOutputs = 32;
    private const int MaxName = 100;
    private const int MaxDescription = 1_000;

    /// <returns>The document is null where there are problems.</returns>
    public static (PipelineDocument? Document, IReadOnlyList<PipelineProblem> Problems) Read(JsonNode? source)
    {
        if (source is not JsonObject root)
        {
            return (null, [new PipelineProblem(null, "", "A pipeline is a JSON object.")]);
        }

        var report = new ProblemList();
        report.Unknown(root, "", ["$schema", "name", "description", "inputs", "steps", "outputs", "idempotency"]);
        var name = report.Text(root, "name", "name", MaxName, required: true);
        if (name is { } given && (given.Length == 0 || string.IsNullOrWhiteSpace(given)))
        {
            report.Add("name", "The name is empty.");
        }

        var description = report.Text(root, "description", "description", MaxDescription);
        var inputs = Inputs(root, report);
        var steps = Steps(root, report);
        var outputs = Outputs(root, report);
        var key = Idempotency(root, report);
        var document = new PipelineDocument(name ?? "", description, inputs, steps, outputs, key);
        if (root["steps"] is JsonArray all && all.Count == steps.Count)
        {
            // A step that cannot be read would be missed by all that refer to it.
            document = GraphCheck.Check(document, report);
        }

        return report.Problems.Count > 0 ? (null, report.Problems) : (document, []);
    }

    /// <summary>Names of inputs and steps are parts of references.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    private static List<PipelineInput> Inputs(JsonObject root, ProblemList report)
    {
        List<PipelineInput> inputs = [];
        foreach (var (name, value) in report.Object(root, "inputs", "inputs", MaxInputs) ?? [])
        {
            var path = $"inputs.{name}";
            if (!IsName(name))
            {
                report.Add(path, "Names are a lower-case letter, then lower-case letters, digits and underscores, 40 at most.");
            }
            else if (value is not JsonObject declared)
            {
                report.Add(path, "An input is an object such as {\"type\": \"text\"}.");
            }
            else
            {
                report.Unknown(declared, path, ["type", "required", "default", "description"]);
                var type = report.OneOf(declared, "type", $"{path}.type", InputTypes.All) ?? InputTypes.Text;
                var required = report.Flag(declared, "required", $"{path}.required") ?? !declared.ContainsKey("default");
                var fallback = declared["default"];
                if (fallback is not null && (type == InputTypes.Audio || (type == InputTypes.Text && fallback.GetValueKind() != JsonValueKind.String)))
                {
                    report.Add($"{path}.default", type == InputTypes.Audio ? "Audio has no default." : "The default of a text is a text.");
                }

                inputs.Add(new PipelineInput(name, type, required, fallback?.DeepClone(), report.Text(declared, "description", $"{path}.description", MaxDescription)));
            }
        }

        return inputs;
    }

    private static List<PipelineStep> Steps(JsonObject root, ProblemList report)
    {
        List<PipelineStep> steps = [];
        if (root["steps"] is not JsonArray { Count: > 0 and <= MaxSteps } list)
        {
            report.Add("steps", $"A pipeline has a list of 1 to {MaxSteps} steps.");
            return steps;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (StepReader.Read(list[i], $"steps[{i}]", report) is not { } step)
            {
                continue;
            }

            if (steps.Any(other => other.Id == step.Id))
            {
                report.Add($"steps[{i}].id", $"There is another step '{step.Id}'.", step.Id);
            }
            else
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    private static JsonObject Outputs(JsonObject root, ProblemList report)
    {
        var outputs = report.Object(root, "outputs", "outputs", MaxOutputs) ?? [];
        foreach (var (name, _) in outputs)
        {
            if (!IsName(name))
            {
                report.Add($"outputs.{name}", "Names are a lower-case letter, then lower-case letters, digits and underscores, 40 at most.");
            }
        }

        return (JsonObject)outputs.DeepClone();
    }

    private static string? Idempotency(JsonObject root, ProblemList report)
    {
        if (report.Object(root, "idempotency", "idempotency", 8) is not { } rule)
        {
            return null;
        }

        report.Unknown(rule, "idempotency", ["key"]);
        return report.Text(rule, "key", "idempotency.key", MaxDescription, required: true);
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
