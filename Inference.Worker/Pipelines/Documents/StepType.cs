namespace Voice.Inference.Pipelines.Documents;

/// <summary>What a kind of step takes and gives.</summary>
/// <param name="Timeout">Of one attempt, where the document gives none.</param>
/// <param name="OneOf">Parameters of which one must be there; empty where each says for itself.</param>
/// <param name="Outputs">Names of the output's members; what is below them is free.</param>
internal sealed record StepType(
    string Name, TimeSpan Timeout, IReadOnlyList<StepParameter> Parameters, IReadOnlyList<string> OneOf, IReadOnlyList<string> Outputs)
{
    /// <summary>Members that are audio files.</summary>
    public IReadOnlyList<string> AudioOutputs { get; init; } = [];

    public StepParameter? Find(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name);
}

/// <param name="Values">Where only these are taken.</param>
internal sealed record StepParameter(string Name, ParameterKind Kind, bool Required = false, IReadOnlyList<string>? Values = null);

internal enum ParameterKind
{
    Text,
    Number,
    Audio,
    Json,
    TextList,
    TextMap,
}
