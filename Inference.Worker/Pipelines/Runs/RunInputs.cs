using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>What a run is given, held against what its pipeline takes.</summary>
internal static class RunInputs
{
    public const int MaxBytes = 1024 * 1024;

    /// <param name="given">By name; audio as <c>{"file": id}</c> or <c>{"upload": id}</c>, already looked up.</param>
    /// <returns>All inputs, defaults filled in; or what is wrong with one.</returns>
    public static (JsonObject? Inputs, PipelineProblem? Problem) Check(PipelineDocument document, JsonObject given)
    {
        if (given.Select(pair => pair.Key).FirstOrDefault(name => document.FindInput(name) is null) is { } unknown)
        {
            var known = document.Inputs.Count == 0 ? "It takes none" : $"It takes {string.Join(", ", document.Inputs.Select(input => input.Name))}";
            return Wrong(unknown, $"The pipeline has no such input. {known}.");
        }

        var inputs = new JsonObject();
        foreach (var input in document.Inputs)
        {
            var value = given[input.Name] ?? input.Default;
            if (value is null && input.Required)
            {
                return Wrong(input.Name, $"The pipeline needs this input, of type {input.Type}.");
            }

            if (value is not null && !Fits(value, input.Type))
            {
                return Wrong(input.Name, input.Type == InputTypes.Audio ? "This is audio: a file of the form, or {\"upload\": id}, or {\"file\": id} of another run." : "This is a text.");
            }

            inputs[input.Name] = value?.DeepClone();
        }

        return inputs.ToJsonString().Length <= MaxBytes ? (inputs, null) : Wrong(null, $"The inputs have more than {MaxBytes} bytes; send what is longer as a file.");
    }

    private static bool Fits(JsonNode value, string type) => type switch
    {
        InputTypes.Text => value.GetValueKind() == JsonValueKind.String,
        InputTypes.Audio => value is JsonObject file && file[PipelineFile.Member]?.GetValueKind() == JsonValueKind.String,
        _ => true,
    };

    private static (JsonObject?, PipelineProblem?) Wrong(string? name, string message) => (null, new PipelineProblem(null, name is null ? "inputs" : $"inputs.{name}", message));
}
