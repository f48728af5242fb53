using System.Text.Json.Nodes;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>A pipeline as its author wrote it, checked: every reference leads somewhere, and no step waits for itself.</summary>
/// <param name="Outputs">What a run answers with: a name to a value with references.</param>
/// <param name="IdempotencyKey">Runs whose key comes out the same are one run; null where every run is its own.</param>
internal sealed record PipelineDocument(
    string Name,
    string? Description,
    IReadOnlyList<PipelineInput> Inputs,
    IReadOnlyList<PipelineStep> Steps,
    JsonObject Outputs,
    string? IdempotencyKey)
{
    public PipelineStep? FindStep(string id) => Steps.FirstOrDefault(step => step.Id == id);

    public PipelineInput? FindInput(string name) => Inputs.FirstOrDefault(input => input.Name == name);
}

/// <param name="Type">One of <see cref="InputTypes"/>.</param>
internal sealed record PipelineInput(string Name, string Type, bool Required, JsonNode? Default, string? Description);

/// <param name="With">The parameters of the step, with references.</param>
/// <param name="Needs">The steps that it waits for: those named, and those it refers to.</param>
/// <param name="Timeout">Of one attempt.</param>
internal sealed record PipelineStep(
    string Id,
    StepType Type,
    JsonObject With,
    IReadOnlyList<string> Needs,
    Condition? When,
    RetryRule Retry,
    TimeSpan Timeout,
    StepFallback? Fallback);

/// <param name="Attempts">The first included.</param>
/// <param name="Pause">Before the second attempt; doubles with each.</param>
internal sealed record RetryRule(int Attempts, TimeSpan Pause);

/// <summary>What takes the place of a step that has failed for good: another action, or an output that is given.</summary>
internal sealed record StepFallback(StepType? Type, JsonObject With, JsonObject? Output);

internal static class InputTypes
{
    public const string Text = "text";
    public const string Json = "json";
    public const string Audio = "audio";

    public static readonly IReadOnlyList<string> All = [Text, Json, Audio];
}
