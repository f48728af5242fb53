using System.Text.Json.Serialization;

namespace Voice.Inference.Providers.Cartesia;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CartesiaRequest))]
[JsonSerializable(typeof(CartesiaMessage))]
internal sealed partial class CartesiaJson : JsonSerializerContext;

/// <param name="ContextId">Over the WebSocket only.</param>
internal sealed record CartesiaRequest(
    string? ContextId, string ModelId, string Transcript, CartesiaVoice Voice, CartesiaFormat OutputFormat, string Language, CartesiaManner? GenerationConfig);

internal sealed record CartesiaVoice(string Id);

internal sealed record CartesiaFormat(string Container, string Encoding, int SampleRate);

internal sealed record CartesiaManner(double Speed);

/// <summary><c>{"type":"chunk","data":"…","context_id":"…","done":false}</c>, and others of which only the end and errors matter here.</summary>
internal sealed record CartesiaMessage(string? Type, string? ContextId, ReadOnlyMemory<byte> Data, int? StatusCode, string? Message, string? Title);
