using Voice.Core.Audio;

namespace Voice.Core.Conversations;

/// <summary>What a client does with single items. Under the conversation's gate.</summary>
internal sealed class ItemRequests(ConversationContext context, ResponseRunner responses, AudioItems audio)
{
    /// <param name="item">Its id is used where it has one.</param>
    /// <param name="pcm">Of its part of audio, at the session's input rate; empty without one.</param>
    public void Create(ConversationItem item, string? previousItemId, string? clientEventId, ReadOnlyMemory<byte> pcm)
    {
        var part = item is ConversationItem.Message message ? message.Content.ToList().FindIndex(content => content.Kind == ItemContentKind.InputAudio) : -1;
        if (Wrong(item, previousItemId, part, Pcm16.Duration(pcm.Length, context.Settings.InputSampleRate)) is var (code, reason, param))
        {
            context.Error(code, reason, clientEventId, param);
            return;
        }

        var created = item.Id.Length > 0 ? item : item with { Id = context.NewId("item") };
        var previous = context.History.Insert(created, previousItemId);
        context.Events.Write(new ConversationEvent.ItemAdded(created, previous));
        context.Events.Write(new ConversationEvent.ItemDone(created, previous));
        if (part >= 0)
        {
            audio.Add(created.Id, part, pcm, context.Settings.InputSampleRate);
        }
    }

    public void Retrieve(string itemId, string? clientEventId)
    {
        if (Find(itemId, clientEventId) is { } item)
        {
            context.Events.Write(new ConversationEvent.ItemRetrieved(item));
        }
    }

    public void Delete(string itemId, string? clientEventId)
    {
        if (Find(itemId, clientEventId) is { } item)
        {
            context.History.Delete(item.Id);
            context.Events.Write(new ConversationEvent.ItemDeleted(item.Id));
        }
    }

    public void Truncate(string itemId, int contentIndex, TimeSpan audioEnd, string? clientEventId)
    {
        if (Find(itemId, clientEventId) is null)
        {
            return;
        }

        var wrong = contentIndex == 0 ? responses.Past.Truncate(responses.Current, itemId, audioEnd)
            : ("invalid_value", $"The message has one content part, at index 0, and none at {contentIndex}.", "content_index");
        if (wrong is var (code, reason, param))
        {
            context.Error(code, reason, clientEventId, param);
            return;
        }

        context.Events.Write(new ConversationEvent.ItemTruncated(itemId, contentIndex, audioEnd));
    }

    private (string Code, string Reason, string Param)? Wrong(ConversationItem item, string? previousItemId, int part, TimeSpan duration)
    {
        if (item.Id.Length > 0 && context.History.Find(item.Id) is not null)
        {
            return ("item_already_exists", $"An item with id '{item.Id}' already exists.", "item.id");
        }

        if (previousItemId is not (null or "root") && context.History.Find(previousItemId) is null)
        {
            return ("item_not_found", $"There is no item '{previousItemId}' to insert after.", "previous_item_id");
        }

        if (item is ConversationItem.FunctionCallOutput output && !context.History.Knows(output.CallId))
        {
            return ("invalid_tool_call_id", $"There is no function call '{output.CallId}' in the conversation.", "item.call_id");
        }

        if (part >= 0 && duration < AudioItems.Shortest)
        {
            return ("invalid_audio", "The audio of an item is at least 100 ms long.", $"item.content[{part}].audio");
        }

        return part >= 0 && !audio.HasRoomFor(duration)
            ? ("audio_too_large", $"At most {AudioItems.MostWaiting.TotalSeconds:0} s of audio in items wait to be transcribed.", $"item.content[{part}].audio")
            : null;
    }

    private ConversationItem? Find(string itemId, string? clientEventId)
    {
        var item = context.History.Find(itemId);
        if (item is null)
        {
            context.Error("item_not_found", $"There is no item '{itemId}'.", clientEventId, "item_id");
        }

        return item;
    }
}
