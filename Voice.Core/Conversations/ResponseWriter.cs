namespace Voice.Core.Conversations;

/// <summary>The events of one response in the order of the protocol. Under the conversation's gate.</summary>
internal sealed class ResponseWriter(ConversationContext context)
{
    private const int AudioTokensPerSecond = 20;

    public void Created(ActiveResponse response) =>
        context.Events.Write(new ConversationEvent.ResponseCreated(State(response, ResponseStatus.InProgress, null)));

    public void Clause(ActiveResponse response, string text)
    {
        if (response.ItemId is null)
        {
            Open(response);
        }

        var delta = response.Clauses.Count == 0 ? text : " " + text;
        response.Clauses.Add(text);
        response.Ledger.AddClause(text);
        context.History.Replace(Item(response, ItemStatus.InProgress));
        context.Events.Write(new ConversationEvent.TextDelta(response.Id, response.ItemId!, response.Audio, delta));
    }

    /// <summary>Room was waited for.</summary>
    public void Audio(ActiveResponse response, ReadOnlyMemory<byte> pcm, TimeSpan at) =>
        context.Events.WriteAudio(new ConversationEvent.AudioDelta(response.Id, response.ItemId!, pcm, at), response);

    /// <summary>Every "done" of what was begun, whatever the reason, and then the response's own.</summary>
    public void Done(ActiveResponse response, ResponseStatus status, ResponseEnd? end)
    {
        if (response.ItemId is { } itemId)
        {
            var item = Item(response, status == ResponseStatus.Completed ? ItemStatus.Completed : ItemStatus.Incomplete);
            context.History.Replace(item);
            if (response.Audio)
            {
                context.Events.Write(new ConversationEvent.AudioDone(response.Id, itemId));
            }

            context.Events.Write(new ConversationEvent.TextDone(response.Id, itemId, response.Audio, response.Text));
            context.Events.Write(new ConversationEvent.ContentPartDone(response.Id, itemId, response.Audio, response.Text));
            context.Events.Write(new ConversationEvent.ItemDone(item, context.History.Before(itemId)));
            context.Events.Write(new ConversationEvent.OutputItemDone(response.Id, item));
        }

        context.Events.Write(new ConversationEvent.ResponseDone(State(response, status, end)));
    }

    private void Open(ActiveResponse response)
    {
        response.ItemId = context.NewId("item");
        var empty = new ConversationItem(response.ItemId, ItemRole.Assistant, ItemStatus.InProgress, []);
        context.Events.Write(new ConversationEvent.OutputItemAdded(response.Id, empty));
        var previous = context.History.Insert(empty);
        context.Events.Write(new ConversationEvent.ItemAdded(empty, previous));
        context.Events.Write(new ConversationEvent.ContentPartAdded(response.Id, response.ItemId, response.Audio));
    }

    private static ConversationItem Item(ActiveResponse response, ItemStatus status) =>
        new(response.ItemId!, ItemRole.Assistant, status, [new ItemContent(response.Audio ? ItemContentKind.OutputAudio : ItemContentKind.OutputText, response.Text)]);

    private static ResponseState State(ActiveResponse response, ResponseStatus status, ResponseEnd? end)
    {
        var output = response.ItemId is null || status == ResponseStatus.InProgress
            ? []
            : (IReadOnlyList<ConversationItem>)[Item(response, status == ResponseStatus.Completed ? ItemStatus.Completed : ItemStatus.Incomplete)];
        var usage = new ResponseUsage(
            response.InputTokens, (response.Text.Length + 3) / 4, (int)Math.Ceiling(response.Ledger.Sent.TotalSeconds * AudioTokensPerSecond));
        return new ResponseState(response.Id, status, end, response.Audio, output, response.Request.Metadata, usage);
    }
}
