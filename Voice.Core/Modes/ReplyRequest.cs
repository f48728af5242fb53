using Voice.Core.Conversations;
using Voice.Core.Tools;

namespace Voice.Core.Modes;

/// <param name="UserText">What is to be answered; empty where the client asked for a reply to nothing in particular.</param>
/// <param name="History">The conversation, the user's message included.</param>
/// <param name="Instructions">In place of the agent's, where not null.</param>
internal sealed record ReplyRequest(string UserText, IReadOnlyList<ConversationItem> History, string? Instructions, string Language)
{
    public ToolSet Tools { get; init; } = ToolSet.Empty;

    /// <summary>Null for no limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>It will be heard, not read: silence is to be filled.</summary>
    public bool Spoken { get; init; }

    /// <summary>Waits until the reply is certain to be given. What has an effect outside waits for it.</summary>
    public Func<CancellationToken, Task> Certain { get; init; } = static _ => Task.CompletedTask;
}
