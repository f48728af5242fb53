using System.Text.Json.Nodes;
using Voice.Inference.Pipelines.Documents;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>What references of one run lead to.</summary>
/// <param name="Outputs">Of steps that have succeeded; one that was skipped has none, and its references lead to nothing.</param>
internal sealed record RunValues(string RunId, JsonObject Inputs, IReadOnlyDictionary<string, JsonNode?> Outputs)
{
    public JsonNode? Of(Reference reference) => reference.Root switch
    {
        Reference.Inputs => reference.Follow(Inputs[reference.Name]),
        Reference.Steps => reference.Follow(Outputs.GetValueOrDefault(reference.Name)),
        _ => JsonValue.Create(RunId),
    };
}
