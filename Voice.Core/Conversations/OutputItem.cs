namespace Voice.Core.Conversations;

/// <summary>One item of a response's output while it is made. Under the conversation's gate.</summary>
internal sealed class OutputItem(int index, ConversationItem item, TimeSpan startsAt)
{
    /// <summary>The protocol's <c>output_index</c>.</summary>
    public int Index { get; } = index;

    public ConversationItem Item { get; set; } = item;

    /// <summary>Where its audio begins in the audio of the response.</summary>
    public TimeSpan StartsAt { get; } = startsAt;

    /// <summary>Of a message.</summary>
    public List<string> Clauses { get; } = [];

    /// <summary>Its <c>done</c> events were sent.</summary>
    public bool Done { get; set; }

    public ConversationItem.Message? Message => Item as ConversationItem.Message;

    public string Text => string.Join(' ', Clauses);
}
