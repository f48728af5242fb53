using Voice.Core.Conversations;

namespace Voice.Core.Modes;

/// <param name="UserText">What is to be answered; empty where the client asked for a reply to nothing in particular.</param>
/// <param name="History">The conversation, the user's message included.</param>
/// <param name="Instructions">In place of the agent's, where not null.</param>
internal sealed record ReplyRequest(string UserText, IReadOnlyList<ConversationItem> History, string? Instructions, string Language);
