using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Tools;

namespace Voice.Core.Replay;

internal sealed class LoggedChatClient(IChatClient inner, SessionLog log) : DelegatingChatClient(inner)
{
    public const string Stage = "model";

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        LoggedStream.OverhearAsync(base.GetStreamingResponseAsync(messages, options, cancellationToken), log, Stage, Describe, cancellationToken);

    // Shared by all sessions: not this decorator's to end.
    protected override void Dispose(bool disposing)
    {
    }

    public static IEnumerable<ProviderEntry> Describe(ChatResponseUpdate update, int call)
    {
        foreach (var content in update.Contents)
        {
            var entry = content switch
            {
                TextContent text => new ProviderEntry(Stage, call, "text") { Text = text.Text },
                ToolCallDelta delta => new ProviderEntry(Stage, call, "call_delta") { Id = delta.CallId, Name = delta.Name, Text = delta.Fragment },
                FunctionCallContent function => new ProviderEntry(Stage, call, "call") { Id = function.CallId, Name = function.Name, Text = function.RawRepresentation as string },
                UsageContent usage => new ProviderEntry(Stage, call, "usage")
                {
                    Usage = new ModelUsage((int?)usage.Details.InputTokenCount, (int?)usage.Details.CachedInputTokenCount, (int?)usage.Details.OutputTokenCount),
                },
                _ => null,
            };
            if (entry is not null)
            {
                yield return entry;
            }
        }

        if (update.FinishReason is { } reason)
        {
            yield return new ProviderEntry(Stage, call, "finish") { Text = reason.Value };
        }
    }
}
