using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Voice.Core.Providers.ChatCompletions;

/// <summary>
/// The events of one streamed answer to updates: text as it comes, a call as <c>ToolCallDelta</c> while it is written and as
/// <see cref="FunctionCallContent"/> once it is whole, usage once at the end. What a model thinks before it speaks is passed over. Not thread-safe.
/// </summary>
/// <param name="failure">What an error in the stream means.</param>
public sealed class ChatCompletionsReader(Func<ChatCompletionsError, ProviderException> failure)
{
    // Far beyond any answer: a server that never ends fills no memory of ours.
    private const long LongestAnswer = 32 * 1024 * 1024;

    private readonly ToolCallAssembler _calls = new();
    private ChatCompletionsUsage? _usage;
    private string? _id;
    private string? _model;
    private bool _finished;
    private long _length;

    /// <summary>True once there is nothing more to read.</summary>
    public bool IsDone { get; private set; }

    /// <returns>Null where the event says nothing to the caller.</returns>
    public ChatResponseUpdate? Read(string eventType, string data)
    {
        if (data == "[DONE]")
        {
            IsDone = _finished = true;
            return null;
        }

        var chunk = Parse(eventType, data);
        // Some servers count in every chunk and mean the answer so far.
        _usage = chunk.Usage ?? _usage;
        (_id, _model) = (chunk.Id ?? _id, chunk.Model ?? _model);
        if (chunk.Choices?.FirstOrDefault(choice => choice is { Index: null or 0 }) is not { } choice)
        {
            return null;
        }

        var reason = choice.FinishReason is { Length: > 0 } given ? given : null;
        if (reason == "abort")
        {
            throw failure(new("The server gave the answer up."));
        }

        // Usage follows the finish reason, so neither alone ends the stream; a server may leave out [DONE].
        _finished |= reason is not null;
        return Update(chunk, choice, reason);
    }

    /// <summary>What is left when the stream is over; usage comes here, whichever chunk had it.</summary>
    /// <exception cref="ProviderException">The stream was not over.</exception>
    public ChatResponseUpdate? End()
    {
        // Without an end mark the text may be half of what the model said; half a sentence of advice is worse than an error.
        if (!_finished)
        {
            throw new ProviderException("provider_failed", "The provider's answer broke off before its end.");
        }

        // Calls are left where a server leaves out the finish reason.
        List<AIContent> contents = [.. _calls.Finish()];
        if (_usage is { } usage)
        {
            contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = usage.PromptTokens,
                OutputTokenCount = usage.CompletionTokens,
                TotalTokenCount = usage.TotalTokens ?? usage.PromptTokens + usage.CompletionTokens,
                CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens,
                ReasoningTokenCount = usage.CompletionTokensDetails?.ReasoningTokens,
            }));
        }

        return contents.Count == 0 ? null : new ChatResponseUpdate(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model };
    }

    private ChatCompletionsChunk Parse(string eventType, string data)
    {
        if ((_length += data.Length) > LongestAnswer)
        {
            throw new ProviderException("provider_failed", "The provider's answer does not end.");
        }

        ChatCompletionsChunk? chunk;
        try
        {
            chunk = JsonSerializer.Deserialize(data, ChatCompletionsJson.Default.ChatCompletionsChunk);
        }
        catch (JsonException exception)
        {
            throw new ProviderException("provider_failed", "The provider's answer could not be read.", exception);
        }

        if (chunk?.Object == "error")
        {
            using var whole = JsonDocument.Parse(data);
            throw failure(ChatCompletionsError.From(whole.RootElement));
        }

        return chunk is null || chunk.Error is { ValueKind: not JsonValueKind.Null } || eventType == "error"
            ? throw failure(ChatCompletionsError.From(chunk?.Error))
            : chunk;
    }

    private ChatResponseUpdate Update(ChatCompletionsChunk chunk, ChatCompletionsChoice choice, string? reason)
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, choice.Delta?.Content ?? choice.Delta?.Refusal)
        {
            ResponseId = _id,
            MessageId = _id,
            ModelId = _model,
            CreatedAt = chunk.Created is >= 0 and <= 253_402_300_799 and { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            FinishReason = reason is null ? null : new ChatFinishReason(reason),
        };
        foreach (var content in _calls.Add(choice.Delta?.ToolCalls ?? []).Concat(reason is null ? [] : _calls.Finish()))
        {
            update.Contents.Add(content);
        }

        return update;
    }
}
