using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Core.Tools;

namespace Voice.Core.Replay;

internal sealed class ReplayedChatClient(RecordedCalls calls) : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in calls.PlayAsync(cancellationToken))
        {
            if (ToUpdate(entry) is { } update)
            {
                yield return update;
            }
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The engine streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static ChatResponseUpdate? ToUpdate(ProviderEntry entry) => entry.Event switch
    {
        "text" => new ChatResponseUpdate(ChatRole.Assistant, entry.Text),
        "call_delta" => new ChatResponseUpdate(ChatRole.Assistant, [new ToolCallDelta(entry.Id!, entry.Name!, entry.Text ?? string.Empty)]),
        "call" => new ChatResponseUpdate(ChatRole.Assistant, [Call(entry)]),
        "usage" when entry.Usage is { } usage => new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails
        {
            InputTokenCount = usage.Input, CachedInputTokenCount = usage.CachedInput, OutputTokenCount = usage.Output,
        })]),
        "finish" => new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = new ChatFinishReason(entry.Text!) },
        _ => null,
    };

    private static FunctionCallContent Call(ProviderEntry entry)
    {
        Dictionary<string, object?>? arguments = null;
        try
        {
            arguments = entry.Text is null ? null : JsonSerializer.Deserialize<Dictionary<string, object?>>(entry.Text);
        }
        catch (JsonException)
        {
            // As the model wrote it: the engine has to cope, as it did.
        }

        return new FunctionCallContent(entry.Id!, entry.Name!, arguments) { RawRepresentation = entry.Text };
    }
}
