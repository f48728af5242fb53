namespace Voice.Core.Conversations;

/// <summary>
/// What was said, in order. Holds <see cref="Capacity"/> messages: of a longer conversation the oldest are forgotten here (the
/// transcript of the session keeps them).
/// </summary>
internal sealed class ConversationHistory
{
    public const int Capacity = 1_000;

    private readonly List<ConversationItem> _items = [];

    public IReadOnlyList<ConversationItem> Snapshot() => [.. _items];

    public string? LastId => _items.Count == 0 ? null : _items[^1].Id;

    /// <summary>What the assistant has said last, if nobody has said anything since.</summary>
    public string? LastReply => _items.FindLast(item => item is ConversationItem.Message) is ConversationItem.Message { Role: ItemRole.Assistant } message ? message.Text : null;

    public ConversationItem? Find(string id) => IndexOf(id) is var index and >= 0 ? _items[index] : null;

    /// <summary>Whether the client was asked to run this.</summary>
    public bool Knows(string callId) => _items.Exists(item => item is ConversationItem.FunctionCall call && call.CallId == callId);

    /// <summary>A call of one of the agent's own tools.</summary>
    public ConversationItem.ServerToolCall? FindServerCall(string callId) =>
        _items.OfType<ConversationItem.ServerToolCall>().LastOrDefault(call => call.CallId == callId);

    /// <param name="after">Null appends; <c>root</c> is the front.</param>
    /// <returns>The id of the item before, null at the front.</returns>
    public string? Insert(ConversationItem item, string? after = null)
    {
        var index = after switch { null => _items.Count, "root" => 0, _ => IndexOf(after) + 1 };
        _items.Insert(index, item);
        var previous = index == 0 ? null : _items[index - 1].Id;
        if (_items.Count > Capacity)
        {
            _items.RemoveAt(0);
        }

        return previous;
    }

    public string? Before(string id) => IndexOf(id) is var index and > 0 ? _items[index - 1].Id : null;

    public void Replace(ConversationItem item)
    {
        if (IndexOf(item.Id) is var index and >= 0)
        {
            _items[index] = item;
        }
    }

    public bool Delete(string id) => _items.RemoveAll(item => item.Id == id) > 0;

    private int IndexOf(string id) => _items.FindLastIndex(item => item.Id == id);
}
