using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>One step of a document: its shape and its parameters. Where its references lead is <see cref="GraphCheck"/>'s.</summary>
internal static class StepReader
{
    private const int MaxAttempts = 10;
    private const int MaxText = 32_000;
    private const int MaxConditionDepth = 4;
    private const double MaxTimeoutSeconds = 3_600;
    private const double MaxPauseSeconds = 600;

    private static readonly string[] Known = ["id", "type", "with", "needs", "when", "retry", "timeout_seconds", "fallback", "description"];

    public static PipelineStep? Read(JsonNode? source, string path, ProblemList report)
    {
        if (source is not JsonObject members)
        {
            report.Add(path, "A step is an object with an id and a type.");
            return null;
        }

        var id = report.Text(members, "id", $"{path}.id", 40, required: true);
        if (id is null || !DocumentReader.IsName(id))
        {
            report.Add($"{path}.id", "An id is a lower-case letter, then lower-case letters, digits and underscores, 40 at most.");
            return null;
        }

        report.Unknown(members, path, Known, id);
        report.Text(members, "description", $"{path}.description", 1_000, step: id);
        var typeName = report.OneOf(members, "type", $"{path}.type", [.. StepTypes.All.Select(type => type.Name)], id);
        if (StepTypes.Find(typeName) is not { } type)
        {
            return null;
        }

        var with = With(members, "with", $"{path}.with", type, id, report);
        return new PipelineStep(
            id, type, with, Needs(members, path, id, report), When(members, path, id, report), Retry(members, path, id, report),
            report.Number(members, "timeout_seconds", $"{path}.timeout_seconds", 0.1, MaxTimeoutSeconds, id) is { } seconds ? TimeSpan.FromSeconds(seconds) : type.Timeout,
            Fallback(members, path, type, id, report));
    }

    private static JsonObject With(JsonObject members, string name, string path, StepType type, string id, ProblemList report)
    {
        var given = report.Object(members, name, path, 32, id) ?? [];
        foreach (var (parameter, value) in given)
        {
            if (type.Find(parameter) is { } declared)
            {
                Check(value, declared, $"{path}.{parameter}", id, report);
            }
            else
            {
                report.Add($"{path}.{parameter}", $"'{type.Name}' has no such parameter. It has {string.Join(", ", type.Parameters.Select(p => p.Name))}.", id);
            }
        }

        foreach (var missing in type.Parameters.Where(parameter => parameter.Required && given[parameter.Name] is null))
        {
            report.Add($"{path}.{missing.Name}", $"'{type.Name}' needs this parameter.", id);
        }

        if (type.OneOf.Count > 0 && !type.OneOf.Any(parameter => given[parameter] is not null))
        {
            report.Add(path, $"'{type.Name}' needs {string.Join(" or ", type.OneOf)}.", id);
        }

        return (JsonObject)given.DeepClone();
    }

    private static void Check(JsonNode? value, StepParameter parameter, string path, string id, ProblemList report)
    {
        var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        if (text?.Length > MaxText)
        {
            report.Add(path, $"A text has at most {MaxText} characters.", id);
        }

        // What a reference becomes is known when the pipeline runs.
        if (value is null || (text is not null && Template.Expressions(text).Any()))
        {
            return;
        }

        var fits = parameter.Kind switch
        {
            ParameterKind.Text => text is not null && (parameter.Values is null || parameter.Values.Contains(text, StringComparer.Ordinal)),
            ParameterKind.Number => value.GetValueKind() == JsonValueKind.Number,
            ParameterKind.Audio => false,
            ParameterKind.TextList => value is JsonArray { Count: > 0 } list && list.All(item => IsText(item)
                && (parameter.Values is null || parameter.Values.Contains(item!.GetValue<string>(), StringComparer.Ordinal))),
            ParameterKind.TextMap => value is JsonObject map && map.All(member => IsText(member.Value)),
            _ => true,
        };
        if (!fits)
        {
            report.Add(path, Wanted(parameter), id);
        }
    }

    private static bool IsText(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String;

    private static string Wanted(StepParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Text when parameter.Values is { } values => $"This is one of {string.Join(", ", values)}.",
        ParameterKind.Text => "This is a text.",
        ParameterKind.Number => "This is a number.",
        ParameterKind.Audio => "This is a reference to audio: {{inputs.recording}}, or {{steps.say.audio}} of a step 'speak'.",
        ParameterKind.TextList => parameter.Values is { } values ? $"This is a list of some of {string.Join(", ", values)}." : "This is a list of texts.",
        _ => "This is an object of texts.",
    };

    private static List<string> Needs(JsonObject members, string path, string id, ProblemList report)
    {
        if (members["needs"] is not { } needs)
        {
            return [];
        }

        if (needs is JsonArray list && list.All(IsText))
        {
            return [.. list.Select(item => item!.GetValue<string>()).Distinct()];
        }

        report.Add($"{path}.needs", "This is a list of ids of steps.", id);
        return [];
    }

    private static RetryRule Retry(JsonObject members, string path, string id, ProblemList report)
    {
        var rule = report.Object(members, "retry", $"{path}.retry", 8, id) ?? [];
        report.Unknown(rule, $"{path}.retry", ["attempts", "pause_seconds"], id);
        var attempts = report.Number(rule, "attempts", $"{path}.retry.attempts", 1, MaxAttempts, id) ?? 3;
        var pause = report.Number(rule, "pause_seconds", $"{path}.retry.pause_seconds", 0, MaxPauseSeconds, id) ?? 1;
        return new RetryRule((int)attempts, TimeSpan.FromSeconds(pause));
    }

    private static StepFallback? Fallback(JsonObject members, string path, StepType type, string id, ProblemList report)
    {
        if (report.Object(members, "fallback", $"{path}.fallback", 8, id) is not { } fallback)
        {
            return null;
        }

        report.Unknown(fallback, $"{path}.fallback", ["type", "with", "output"], id);
        var output = report.Object(fallback, "output", $"{path}.fallback.output", 64, id);
        if (output is not null)
        {
            return new StepFallback(null, [], (JsonObject)output.DeepClone());
        }

        var name = fallback.ContainsKey("type") ? report.OneOf(fallback, "type", $"{path}.fallback.type", [.. StepTypes.All.Select(t => t.Name)], id) : type.Name;
        return StepTypes.Find(name) is { } other ? new StepFallback(other, With(fallback, "with", $"{path}.fallback.with", other, id, report), null) : null;
    }

    private static Condition? When(JsonObject members, string path, string id, ProblemList report)
    {
        if (members["when"] is not { } when)
        {
            return null;
        }

        CheckCondition(when, $"{path}.when", id, MaxConditionDepth, report);
        return when is JsonObject condition ? new Condition((JsonObject)condition.DeepClone()) : null;
    }

    private static void CheckCondition(JsonNode? when, string path, string id, int depth, ProblemList report)
    {
        if (when is not JsonObject condition || depth == 0)
        {
            report.Add(path, "A condition is an object such as {\"value\": \"{{steps.look.safety.severity}}\", \"equals\": \"crisis\"}.", id);
            return;
        }

        if (condition.FirstOrDefault(member => member.Key is "all" or "any") is { Key: { } several } group)
        {
            report.Unknown(condition, path, [several], id);
            if (group.Value is not JsonArray { Count: > 0 and <= 16 } parts)
            {
                report.Add($"{path}.{several}", "This is a list of conditions.", id);
                return;
            }

            for (var i = 0; i < parts.Count; i++)
            {
                CheckCondition(parts[i], $"{path}.{several}[{i}]", id, depth - 1, report);
            }

            return;
        }

        if (condition.ContainsKey("not"))
        {
            report.Unknown(condition, path, ["not"], id);
            CheckCondition(condition["not"], $"{path}.not", id, depth - 1, report);
            return;
        }

        report.Unknown(condition, path, ["value", .. Condition.Comparisons], id);
        if (!condition.ContainsKey("value") || condition.Count < 2)
        {
            report.Add(path, $"A condition has a value and one of {string.Join(", ", Condition.Comparisons)}.", id);
        }
    }
}
