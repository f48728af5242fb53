namespace Voice.Core.Conversations;

/// <summary>One of the two: an item for this response only, or the id of one of the conversation.</summary>
public sealed record ResponseInput(ConversationItem? Item, string? ReferencedId);
