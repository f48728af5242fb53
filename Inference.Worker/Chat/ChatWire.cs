using System.Text.Json.Serialization;

namespace Voice.Inference.Chat;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(ChatStreamError))]
internal sealed partial class ChatWire : JsonSerializerContext;

internal sealed record ChatCompletion(string Id, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage Usage)
{
    public string Object => "chat.completion";
}

internal sealed record ChatChoice(int Index, ChatReply Message, string FinishReason, object? Logprobs = null);

internal sealed record ChatReply(
    string Role, string? Content, string? Refusal = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ChatCall>? ToolCalls = null);

/// <param name="Index">Of a stream: which call a fragment continues.</param>
/// <param name="Id">In the first fragment only, as the type and the name.</param>
internal sealed record ChatCall(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    ChatCallFunction Function);

internal sealed record ChatCallFunction([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name, string Arguments);

internal sealed record ChatChunk(string Id, long Created, string Model, IReadOnlyList<ChatChunkChoice> Choices, ChatUsage? Usage = null)
{
    public string Object => "chat.completion.chunk";
}

internal sealed record ChatChunkChoice(int Index, ChatDelta Delta, string? FinishReason);

internal sealed record ChatDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ChatCall>? ToolCalls = null);

internal sealed record ChatUsage(long PromptTokens, long CompletionTokens, long TotalTokens);

internal sealed record ChatStreamError(ChatStreamErrorDetail Error);

internal sealed record ChatStreamErrorDetail(string Message, string Type, string? Param, string? Code);
