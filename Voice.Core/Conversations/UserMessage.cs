namespace Voice.Core.Conversations;

internal static class UserMessage
{
    /// <summary>The client and the conversation get what the user said, without words as yet. Under the conversation's gate.</summary>
    public static void Commit(ConversationContext context, string itemId)
    {
        var item = Of(itemId, null);
        var previous = context.History.Insert(item);
        context.Events.Write(new ConversationEvent.InputCommitted(itemId, previous));
        context.Events.Write(new ConversationEvent.ItemAdded(item, previous));
        context.Events.Write(new ConversationEvent.ItemDone(item, previous));
    }

    public static ConversationItem.Message Of(string itemId, string? transcript) =>
        new(itemId, ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputAudio, transcript)]);
}
