namespace Voice.Core.Conversations;

/// <summary>One item of the conversation. Immutable: a change makes a new one with the same id.</summary>
public abstract record ConversationItem
{
    private ConversationItem(string id, ItemStatus status)
    {
        Id = id;
        Status = status;
    }

    public string Id { get; init; }

    public ItemStatus Status { get; init; }

    /// <summary>What was said in it, as far as it is known; empty for items that nobody says.</summary>
    public virtual string Text => string.Empty;

    public sealed record Message(string Id, ItemRole Role, ItemStatus Status, IReadOnlyList<ItemContent> Content) : ConversationItem(Id, Status)
    {
        public override string Text => string.Join(' ', Content.Where(part => !string.IsNullOrEmpty(part.Text)).Select(part => part.Text));

        /// <summary>The interrupted message that this one goes on with.</summary>
        public string? Continues { get; init; }

        /// <summary>Said while a reply was heard, and meant nothing to it: a backchannel.</summary>
        public bool Aside { get; init; }

        /// <summary>Said by the platform while a tool was slow: heard, but nothing the model has said.</summary>
        public bool Filler { get; init; }

        public Message WithText(string text, ItemStatus? status = null) =>
            this with { Status = status ?? Status, Content = Content.Count == 0 ? [] : [Content[0] with { Text = text }, .. Content.Skip(1)] };
    }

    /// <summary>The model asks the client to run one of the client's tools.</summary>
    /// <param name="Arguments">As the model wrote them: a JSON object, if it wrote one.</param>
    public sealed record FunctionCall(string Id, ItemStatus Status, string CallId, string Name, string Arguments) : ConversationItem(Id, Status);

    /// <summary>What came of it.</summary>
    public sealed record FunctionCallOutput(string Id, string CallId, string Output) : ConversationItem(Id, ItemStatus.Completed);

    /// <summary>A tool of the agent's, run by the server.</summary>
    /// <param name="Output">Null while it runs, and where it failed.</param>
    /// <param name="Error">Why it failed.</param>
    public sealed record ServerToolCall(
        string Id, ItemStatus Status, string CallId, string Name, string Arguments, string? Output, string? Error) : ConversationItem(Id, Status);
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
