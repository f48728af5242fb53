using Microsoft.Extensions.AI;
using Voice.Core.Resilience;
using Voice.Core.Tools;
using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Providers.Routing;

/// <summary>Falls back until the first text or tool call.</summary>
internal sealed class ChainedChatClient(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain, ProviderCalls calls)
{
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        chain.StreamAsync(
            (rank, token) => calls.StreamAsync(
                candidates[rank],
                stop => candidates[rank].Entry.Provider.Chat!.GetStreamingResponseAsync(messages, With(options, candidates[rank].Model), stop),
                call => call.CharactersAsked = () => messages.Sum(message => (long)message.Text.Length),
                See, token),
            static update => update.FinishReason is not null || IsOutput(update),
            rank => chain.Patience(rank, candidates[rank].Entry.Settings, chain.Options.FirstText),
            mayBeEmpty: true, cancellationToken);

    private static bool IsOutput(ChatResponseUpdate update) =>
        update.Contents.Any(content => content is TextContent { Text.Length: > 0 } or FunctionCallContent or ToolCallDelta);

    private static void See(ProviderCall call, ChatResponseUpdate update)
    {
        if (IsOutput(update))
        {
            call.Began();
        }

        call.CharactersAnswered += update.Text.Length;
        foreach (var content in update.Contents)
        {
            if (content is UsageContent { Details: var usage })
            {
                // The last word holds: who tells more than once tells the sum so far.
                call.Tokens = () => (usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
            }
        }
    }

    private static ChatOptions With(ChatOptions? options, string? model)
    {
        var own = options?.Clone() ?? new ChatOptions();
        own.ModelId = model;
        return own;
    }
}
