using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.Inference.Chat;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatBody))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatChunk))]
internal sealed partial class ChatWire : JsonSerializerContext;

/// <summary>What the engines here read of a request; the rest has no meaning for them.</summary>
internal sealed record ChatBody(
    string? Model, IReadOnlyList<ChatBodyMessage>? Messages, bool? Stream, StreamOptions? StreamOptions, IReadOnlyDictionary<string, string>? Metadata,
    JsonElement? ToolChoice)
{
    /// <summary>None of the engines here can call a tool: one that may be called is left alone, one that must be is refused.</summary>
    public bool RequiresTool => ToolChoice is { ValueKind: not JsonValueKind.Null } choice
        && !(choice.ValueKind == JsonValueKind.String && choice.GetString() is "auto" or "none");
}

/// <param name="Content">A string, or a list of parts of which the text ones are read.</param>
internal sealed record ChatBodyMessage(string? Role, JsonElement? Content)
{
    public string Text() => Content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray()
            .Where(p => p.ValueKind == JsonValueKind.Object && p.TryGetProperty("text", out var t) && t.ValueKind == JsonValueKind.String)
            .Select(p => p.GetProperty("text").GetString())),
        _ => "",
    };
}

internal sealed record StreamOptions(bool? IncludeUsage);

internal sealed record ChatCompletion(string Id, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage Usage)
{
    public string Object => "chat.completion";
}

internal sealed record ChatChoice(int Index, ChatReply Message, string FinishReason, object? Logprobs = null);

internal sealed record ChatReply(string Role, string Content, string? Refusal = null);

internal sealed record ChatChunk(string Id, long Created, string Model, IReadOnlyList<ChatChunkChoice> Choices, ChatUsage? Usage = null)
{
    public string Object => "chat.completion.chunk";
}

internal sealed record ChatChunkChoice(int Index, ChatDelta Delta, string? FinishReason);

internal sealed record ChatDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content);

internal sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens);
