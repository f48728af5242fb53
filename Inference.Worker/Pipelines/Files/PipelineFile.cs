using System.Text.Json.Nodes;

namespace Voice.Inference.Pipelines.Files;

/// <summary>Audio that went into a run or came out of one.</summary>
/// <param name="Blob">Its name in the container.</param>
internal sealed record PipelineFile(string Id, string Name, string ContentType, long Bytes, string Blob)
{
    public const string Member = "file";

    /// <summary>As it stands among the values of a run.</summary>
    public JsonObject AsValue() => new() { [Member] = Id, ["name"] = Name, ["content_type"] = ContentType, ["bytes"] = Bytes };
}
