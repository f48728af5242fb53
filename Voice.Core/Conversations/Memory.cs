namespace Voice.Core.Conversations;

/// <summary>
/// The conversation as a model should read it: a reply that went on after a false interruption is one message, and what interrupted it
/// falsely was not said.
/// </summary>
internal static class Memory
{
    public static IReadOnlyList<ConversationItem> Of(IReadOnlyList<ConversationItem> items)
    {
        if (!items.Any(item => item is ConversationItem.Message { Aside: true } or ConversationItem.Message { Continues: not null }))
        {
            return items;
        }

        List<ConversationItem> memory = [];
        foreach (var item in items.Where(item => item is not ConversationItem.Message { Aside: true }))
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
