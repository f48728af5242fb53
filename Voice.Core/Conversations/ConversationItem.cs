namespace Voice.Core.Conversations;

/// <summary>One message of the conversation. Immutable: a change makes a new one with the same id.</summary>
public sealed record ConversationItem(string Id, ItemRole Role, ItemStatus Status, IReadOnlyList<ItemContent> Content)
{
    /// <summary>What was said in it, as far as it is known.</summary>
    public string Text => string.Join(' ', Content.Where(part => !string.IsNullOrEmpty(part.Text)).Select(part => part.Text));

    public ConversationItem WithText(string text, ItemStatus? status = null) =>
        this with { Status = status ?? Status, Content = Content.Count == 0 ? [] : [Content[0] with { Text = text }, .. Content.Skip(1)] };
}

public enum ItemRole
{
    System,
    User,
    Assistant,
}

public enum ItemStatus
{
    InProgress,
    Completed,
    Incomplete,
}
