namespace Voice.Core.Conversations;

/// <summary>
/// The conversation as a model should read it: a reply that went on after a false interruption is one message, and what interrupted it
/// falsely was not said.
/// </summary>
internal static class Memory
{
    public static IReadOnlyList<ConversationItem> Of(IReadOnlyList<ConversationItem> items)
    {
        if (!items.Any(item => item is ConversationItem.Message { Aside: true } or ConversationItem.Message { Continues: not null } or ConversationItem.ServerToolCall { Status: ItemStatus.Incomplete }))
        {
            return items;
        }

        List<ConversationItem> memory = [];
        // A call that was interrupted by nothing is there again, with its result.
        var ended = items.OfType<ConversationItem.ServerToolCall>().Where(call => call.Status == ItemStatus.Completed).Select(call => call.CallId).ToHashSet();
        foreach (var item in items.Where(item =>
            item is not ConversationItem.Message { Aside: true } && !(item is ConversationItem.ServerToolCall { Status: ItemStatus.Incomplete } call && ended.Contains(call.CallId))))
        {
            if (item is ConversationItem.Message { Continues: { } before } rest && memory is [.., ConversationItem.Message earlier] && earlier.Id == before)
            {
                // Under the id of the newest part, which is what the next part goes on with.
                memory[^1] = earlier.WithText($"{earlier.Text} {rest.Text}".Trim(), rest.Status) with { Id = rest.Id };
            }
            else
            {
                memory.Add(item);
            }
        }

        return memory;
    }
}
