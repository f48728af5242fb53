using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.Core.Providers.ChatCompletions;

// data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"We open"},"finish_reason":null}]}
internal sealed record ChatCompletionsChunk(
    string? Id, string? Object, string? Model, long? Created, IReadOnlyList<ChatCompletionsChoice>? Choices, ChatCompletionsUsage? Usage, JsonElement? Error);

internal sealed record ChatCompletionsChoice(int? Index, ChatCompletionsDelta? Delta, string? FinishReason);

/// <param name="Refusal">In place of content, where the model will not.</param>
internal sealed record ChatCompletionsDelta(string? Content, string? Refusal, IReadOnlyList<ChatCompletionsCall>? ToolCalls);

/// <summary>A fragment that continues the call of the same index.</summary>
internal sealed record ChatCompletionsCall(int? Index, string? Id, ChatCompletionsFunction? Function);

internal sealed record ChatCompletionsFunction(string? Name, string? Arguments);

internal sealed record ChatCompletionsUsage(
    long? PromptTokens, long? CompletionTokens, long? TotalTokens, ChatCompletionsPromptTokens? PromptTokensDetails, ChatCompletionsAnswerTokens? CompletionTokensDetails);

internal sealed record ChatCompletionsPromptTokens(long? CachedTokens);

internal sealed record ChatCompletionsAnswerTokens(long? ReasoningTokens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatCompletionsChunk))]
internal sealed partial class ChatCompletionsJson : JsonSerializerContext;
