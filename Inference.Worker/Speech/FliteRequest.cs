using System.Text.Json.Serialization;

namespace Voice.Inference.Speech;

/// <summary>What a speaker process is asked to say.</summary>
internal sealed record FliteRequest(string Text, double Speed);

[JsonSerializable(typeof(FliteRequest))]
internal sealed partial class FliteJson : JsonSerializerContext;
