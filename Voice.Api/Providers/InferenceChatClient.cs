using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;
using Voice.Core.Tools;

namespace Voice.Api.Providers;

/// <summary>
/// The language model behind <c>/v1/chat/completions</c>, text and function calls: a call comes as <see cref="ToolCallDelta"/> while it is
/// written and as <see cref="FunctionCallContent"/> once it is whole. Failures are <see cref="ProviderException"/>. Thread-safe.
/// </summary>
internal sealed class InferenceChatClient(InferenceConnection inference) : IChatClient
{
    private static readonly Uri Path = new("/v1/chat/completions", UriKind.Relative);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var silence = inference.LimitSilence(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = ChatRequestBody.From(messages, options) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await inference.SendAsync(request, silence);
        await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
        await using var events = SseParser.Create(body).EnumerateAsync(silence.Token).GetAsyncEnumerator(silence.Token);

        var finished = false;
        var calls = new ToolCallAssembler();
        while (await NextAsync(events, silence) is { } item)
        {
            if (item.Data == "[DONE]")
            {
                finished = true;
                break;
            }

            // Usage follows the finish reason, so neither alone ends the stream; a server may leave out [DONE].
            var chunk = Parse(item);
            finished |= chunk.Choices is [{ FinishReason: not null }, ..];
            if (Update(chunk, calls) is { } update)
            {
                yield return update;
            }
        }

        // Without an end mark the text may be half of what the model said; half a sentence of advice is worse than an error.
        if (!finished)
        {
            throw new ProviderException(ProviderFailures.Failed, "The provider's answer broke off before its end.");
        }

        // A server that leaves out the finish reason.
        if (calls.Finish().ToList() is { Count: > 0 } last)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, last);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        if (serviceKey is not null)
        {
            return null;
        }

        return serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("inference-worker")
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }

    private static async ValueTask<SseItem<string>?> NextAsync(IAsyncEnumerator<SseItem<string>> events, SilenceLimit silence)
    {
        try
        {
            silence.Listen();
            var more = await events.MoveNextAsync();
            silence.Heard();
            return more ? events.Current : null;
        }
        catch (Exception exception) when (ProviderFailures.Translate(exception, silence) is { } failure)
        {
            throw failure;
        }
    }

    // data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"We open"},"finish_reason":null}]}
    private static ChatChunk Parse(SseItem<string> item)
    {
        ChatChunk? chunk;
        try
        {
            chunk = JsonSerializer.Deserialize(item.Data, ProviderJson.Default.ChatChunk);
        }
        catch (JsonException exception)
        {
            throw new ProviderException(ProviderFailures.Failed, "The provider's answer could not be read.", exception);
        }

        return chunk is null || chunk.Error is not null || item.EventType == "error"
            ? throw ProviderFailures.FromEvent(chunk?.Error)
            : chunk;
    }

    private static ChatResponseUpdate? Update(ChatChunk chunk, ToolCallAssembler calls)
    {
        var choice = chunk.Choices is [var first, ..] ? first : null;
        if (choice is null && chunk.Usage is null)
        {
            return null;
        }

        var update = new ChatResponseUpdate(ChatRole.Assistant, choice?.Delta?.Content)
        {
            ResponseId = chunk.Id,
            MessageId = chunk.Id,
            ModelId = chunk.Model,
            CreatedAt = chunk.Created is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            FinishReason = choice?.FinishReason is { } reason ? new ChatFinishReason(reason) : null,
        };
        foreach (var content in calls.Add(choice?.Delta?.ToolCalls ?? []).Concat(choice?.FinishReason is null ? [] : calls.Finish()))
        {
            update.Contents.Add(content);
        }

        if (chunk.Usage is { } usage)
        {
            update.Contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = usage.PromptTokens,
                OutputTokenCount = usage.CompletionTokens,
                TotalTokenCount = usage.TotalTokens,
                CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens,
            }));
        }

        return update;
    }
}
