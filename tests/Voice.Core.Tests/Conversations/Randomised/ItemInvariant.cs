using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Text;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>A client that keeps the conversation from its events has the same as the engine, and so has the model.</summary>
internal sealed class ItemInvariant : Invariant
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, (ItemRole Role, string Text)> _texts = [];
    private readonly HashSet<string> _all = [];

    /// <summary>Of these the model knows a beginning, which may be nothing.</summary>
    private readonly HashSet<string> _cut = [];

    public override void See(Entry entry)
    {
        switch (entry.Event)
        {
            case ConversationEvent.ItemAdded added:
                Add(added);
                break;
            case ConversationEvent.ItemDone done:
                That(_all.Contains(done.Item.Id), $"{done.Item.Id} was done and never added");
                var at = _order.IndexOf(done.Item.Id);
                That(at < 0 || done.PreviousItemId == (at == 0 ? null : _order[at - 1]), $"{done.Item.Id} was done after {done.PreviousItemId}");
                Know(done.Item);
                break;
            case ConversationEvent.TranscriptCompleted completed:
                _texts[completed.ItemId] = (ItemRole.User, completed.Text);
                break;
            case ConversationEvent.ItemDeleted deleted:
                That(_order.Remove(deleted.ItemId), $"{deleted.ItemId} was deleted and is not there");
                break;
            case ConversationEvent.ItemRetrieved retrieved:
                That(_order.Contains(retrieved.Item.Id), $"{retrieved.Item.Id} was retrieved and is not there");
                break;
            case ConversationEvent.ItemTruncated truncated:
                That(_all.Contains(truncated.ItemId), $"{truncated.ItemId} was truncated and never added");
                _cut.Add(truncated.ItemId);
                break;
            case ConversationEvent.PlaybackCut:
                // What played, and what was to play after it.
                _cut.UnionWith(_order.Where(id => _texts.TryGetValue(id, out var known) && known.Role == ItemRole.Assistant).TakeLast(4));
                break;
        }
    }

    public override void Settled(Recording recording)
    {
        // Asked for in writing at the very end; an interpreter has no model and no memory to look at. Of a long conversation the model
        // gets the end only.
        if (recording.Script.Mode is "interpreter" or "transcription" || _order.Count > 38)
        {
            return;
        }

        // Calls of tools and what came of them are messages without words.
        ChatMessage[] memory = [.. recording.Calls[^1].Skip(1).Where(message => message.Role != ChatRole.Tool && message.Text.Length > 0)];
        string[] expected = [.. _order.Take(_order.IndexOf("item_last") + 1).Where(id => _texts.TryGetValue(id, out var known) && known.Text.Length > 0)];
        That(
            IsSame([.. memory.Select(message => (message.Role, Words(message.Text)))], expected, (0, 0, 0), []),
            $"memory is not the conversation\n    memory: {string.Join(" | ", memory.Select(message => $"{message.Role} '{message.Text}'"))}\n"
            + $"    conversation: {string.Join(" | ", expected.Select(id => $"{id}{(_cut.Contains(id) ? " cut" : "")} '{_texts[id].Text}'"))}");
    }

    /// <summary>
    /// Item for item, except: of what was cut a beginning is enough; what was interrupted falsely and went on is one message in memory;
    /// and the "uh-huh" that interrupted it is none.
    /// </summary>
    /// <param name="at">The next message, the next word in it, the next item.</param>
    private bool IsSame((ChatRole Role, string[] Words)[] memory, string[] items, (int Message, int Word, int Item) at, HashSet<(int, int, int)> failed)
    {
        if (at.Message == memory.Length)
        {
            return items.Skip(at.Item).All(id => LeastWords(id) == 0);
        }

        if (at.Word == memory[at.Message].Words.Length)
        {
            return IsSame(memory, items, (at.Message + 1, 0, at.Item), failed);
        }

        if (at.Item == items.Length || !failed.Add(at))
        {
            return false;
        }

        var (role, text) = _texts[items[at.Item]];
        var (told, words) = memory[at.Message];
        var own = Words(text);
        var most = role == Role(told) ? words.AsSpan(at.Word).CommonPrefixLength(own) : 0;
        for (var length = most; length >= LeastWords(items[at.Item]); length--)
        {
            // Whatever is not the assistant's is whole or not there.
            if ((role == ItemRole.Assistant || length == 0 || (length == own.Length && length == words.Length))
                && IsSame(memory, items, (at.Message, at.Word + length, at.Item + 1), failed))
            {
                return true;
            }
        }

        return false;
    }

    private int LeastWords(string id) =>
        _texts[id] is var (role, text) && ((role == ItemRole.Assistant && _cut.Contains(id)) || (role == ItemRole.User && Backchannel.Is(text, "en"))) ? 0 : Words(text).Length;

    private static ItemRole Role(ChatRole role) => role == ChatRole.System ? ItemRole.System : role == ChatRole.User ? ItemRole.User : ItemRole.Assistant;

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private void Know(ConversationItem item)
    {
        // A filler was heard, but is nothing the model has said.
        if (item is ConversationItem.Message { Filler: false } message)
        {
            _texts[item.Id] = (message.Role, message.Text);
            if (message.Status == ItemStatus.Incomplete)
            {
                _cut.Add(item.Id);
            }
        }
    }

    private void Add(ConversationEvent.ItemAdded added)
    {
        That(_all.Add(added.Item.Id), $"{added.Item.Id} was added twice");
        var at = added.PreviousItemId is null ? 0 : _order.IndexOf(added.PreviousItemId) + 1;
        That(added.PreviousItemId is null || at > 0, $"{added.Item.Id} was added after {added.PreviousItemId}, which is not there");
        _order.Insert(at, added.Item.Id);
        Know(added.Item);
    }
}
