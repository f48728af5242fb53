using System.Text.Json.Nodes;

namespace Voice.Inference.Pipelines.Runs;

/// <summary>What an attempt has made. Nothing of it counts before it is committed.</summary>
internal sealed record StepResult(JsonObject Output)
{
    /// <summary>By kind, of <see cref="ServiceDefaults.Usage.UsageKinds"/>.</summary>
    public IReadOnlyDictionary<string, decimal> Usage { get; init; } = new Dictionary<string, decimal>();

    /// <summary>US dollars.</summary>
    public decimal Cost { get; init; }

    /// <summary>Already in Blob Storage; theirs is the row.</summary>
    public IReadOnlyList<Files.PipelineFile> Files { get; init; } = [];
}
