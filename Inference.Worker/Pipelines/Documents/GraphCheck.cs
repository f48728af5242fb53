using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>Whether every reference leads to something that there will be, and every step can come to its turn.</summary>
internal sealed class GraphCheck
{
    private readonly PipelineDocument _document;
    private readonly ProblemList _report;

    private GraphCheck(PipelineDocument document, ProblemList report) => (_document, _report) = (document, report);

    /// <returns>With the steps that each one refers to among those that it needs.</returns>
    public static PipelineDocument Check(PipelineDocument document, ProblemList report)
    {
        var check = new GraphCheck(document, report);
        var steps = document.Steps.Select((step, index) => check.Check(step, $"steps[{index}]")).ToList();
        check.Walk(document.Outputs, "outputs", null, []);
        if (document.IdempotencyKey is { } key)
        {
            check.CheckKey(key);
        }

        var checkedDocument = document with { Steps = steps };
        if (report.Problems.Count == 0)
        {
            CheckCycles(checkedDocument, report);
        }

        return checkedDocument;
    }

    private PipelineStep Check(PipelineStep step, string path)
    {
        var needs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var need in step.Needs)
        {
            if (_document.FindStep(need) is null)
            {
                _report.Add($"{path}.needs", $"There is no step '{need}'.", step.Id);
            }

            needs.Add(need);
        }

        CheckWith(step.With, step.Type, $"{path}.with", step.Id, needs);
        Walk(step.When?.Source, $"{path}.when", step.Id, needs);
        if (step.Fallback is { } fallback)
        {
            if (fallback.Type is { } type)
            {
                CheckWith(fallback.With, type, $"{path}.fallback.with", step.Id, needs);
            }

            Walk(fallback.Output, $"{path}.fallback.output", step.Id, needs);
        }

        return step with { Needs = [.. needs] };
    }

    private void CheckWith(JsonObject with, StepType type, string path, string id, HashSet<string> needs)
    {
        foreach (var (name, value) in with)
        {
            Walk(value, $"{path}.{name}", id, needs);
            var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
            if (text is null || type.Find(name) is not { } parameter)
            {
                continue;
            }

            var audio = Template.Expressions(text).Select(expression => Reference.TryParse(expression, out var reference) && IsAudio(reference)).ToList();
            if (parameter.Kind == ParameterKind.Audio && audio.Count > 0 && (Template.Whole(text) is null || !audio[0]))
            {
                _report.Add($"{path}.{name}", "This leads to no audio: refer to an input of type audio, or to the audio of a step 'speak', and to nothing else.", id);
            }
            else if (parameter.Kind != ParameterKind.Audio && parameter.Kind != ParameterKind.Json && audio.Contains(true))
            {
                _report.Add($"{path}.{name}", "This takes no audio.", id);
            }
        }
    }

    private bool IsAudio(Reference reference) => reference.Root switch
    {
        Reference.Inputs => reference.Path.Count == 0 && _document.FindInput(reference.Name)?.Type == InputTypes.Audio,
        Reference.Steps => reference.Path.Count == 1 && _document.FindStep(reference.Name)?.Type.AudioOutputs.Contains(reference.Path[0]) == true,
        _ => false,
    };

    private void CheckKey(string key)
    {
        Walk(JsonValue.Create(key), "idempotency.key", null, []);
        if (!Template.Expressions(key).Any())
        {
            _report.Add("idempotency.key", "A key without a reference would make every run the same one.");
        }

        if (Template.Expressions(key).Any(expression => Reference.TryParse(expression, out var reference) && reference.Root != Reference.Inputs))
        {
            _report.Add("idempotency.key", "The key is made before anything runs: it refers to inputs only.");
        }
    }

    private void Walk(JsonNode? value, string path, string? step, HashSet<string> needs)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    Walk(member, $"{path}.{name}", step, needs);
                }

                break;
            case JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                {
                    Walk(elements[i], $"{path}[{i}]", step, needs);
                }

                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                foreach (var expression in Template.Expressions(text.GetValue<string>()))
                {
                    Follow(expression, path, step, needs);
                }

                break;
        }
    }

    private void Follow(string expression, string path, string? step, HashSet<string> needs)
    {
        if (!Reference.TryParse(expression, out var reference))
        {
            _report.Add(path, $"'{Shortened(expression)}' is no reference. References are inputs.name, steps.id.member and run.id.", step);
            return;
        }

        switch (reference.Root)
        {
            case Reference.Inputs when _document.FindInput(reference.Name) is null:
                _report.Add(path, $"There is no input '{reference.Name}'.", step);
                break;
            case Reference.Steps:
                FollowStep(reference, path, step, needs);
                break;
            case Reference.Run when reference.Name != "id" || reference.Path.Count > 0:
                _report.Add(path, "Of a run there is run.id only.", step);
                break;
        }
    }

    private void FollowStep(Reference reference, string path, string? step, HashSet<string> needs)
    {
        if (_document.FindStep(reference.Name) is not { } target)
        {
            _report.Add(path, $"There is no step '{reference.Name}'.", step);
            return;
        }

        if (reference.Path.Count > 0 && !target.Type.Outputs.Contains(reference.Path[0], StringComparer.Ordinal))
        {
            _report.Add(path, $"A step '{target.Type.Name}' has no '{reference.Path[0]}'. It has {string.Join(", ", target.Type.Outputs)}.", step);
        }

        needs.Add(reference.Name);
    }

    /// <summary>Takes away what needs nothing that is left, until nothing goes: what stays waits for itself.</summary>
    private static void CheckCycles(PipelineDocument document, ProblemList report)
    {
        var left = document.Steps.ToList();
        while (left.RemoveAll(step => !step.Needs.Any(need => left.Exists(other => other.Id == need))) > 0)
        {
            // Until nothing goes.
        }

        foreach (var step in left)
        {
            report.Add(
                $"steps[{document.Steps.ToList().IndexOf(step)}].needs",
                $"The step waits for itself, through {string.Join(", ", step.Needs.Where(need => left.Exists(other => other.Id == need)).Select(need => $"'{need}'"))}.", step.Id);
        }
    }

    private static string Shortened(string expression) => expression.Length <= 60 ? expression : expression[..60] + "…";
}
