using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Core.Conversations;

namespace Voice.Core.Modes;

/// <summary>
/// The conversation as a language model takes it: every call with its result right behind it, whenever and wherever the client put that.
/// </summary>
internal static class ModelMessages
{
    /// <summary>Older items are left out: a spoken conversation rarely reaches back further, and every token delays the first one.</summary>
    private const int MaxItems = 40;

    private const string NoResultYet = "The result is not there yet.";

    public static List<ChatMessage> From(string system, IReadOnlyList<ConversationItem> history)
    {
        var results = history.OfType<ConversationItem.FunctionCallOutput>().GroupBy(item => item.CallId).ToDictionary(same => same.Key, same => same.Last().Output);
        List<ChatMessage> messages = [new(ChatRole.System, system)];
        foreach (var item in history.TakeLast(MaxItems))
        {
            switch (item)
            {
                case ConversationItem.Message { Filler: false, Text: { Length: > 0 } text } message:
                    messages.Add(new ChatMessage(Role(message.Role), text));
                    break;
                case ConversationItem.FunctionCall { Status: ItemStatus.Completed } call:
                    Add(messages, call.CallId, call.Name, call.Arguments, results.GetValueOrDefault(call.CallId, NoResultYet));
                    break;
                case ConversationItem.ServerToolCall { Status: not ItemStatus.InProgress } call:
                    Add(messages, call.CallId, call.Name, call.Arguments, call.Output ?? call.Error ?? NoResultYet);
                    break;
            }
        }

        return messages;
    }

    /// <summary>Calls that follow each other were made at once: one message, with what was said before them in it and all results behind it.</summary>
    private static void Add(List<ChatMessage> messages, string callId, string name, string arguments, string result)
    {
        var at = messages.Count;
        while (messages[at - 1].Role == ChatRole.Tool)
        {
            at--;
        }

        if (messages[at - 1].Role != ChatRole.Assistant)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, []));
            at = messages.Count;
        }

        messages[at - 1].Contents.Add(new FunctionCallContent(callId, name, Parse(arguments)) { RawRepresentation = arguments });
        messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(callId, result)]));
    }

    private static Dictionary<string, object?>? Parse(string arguments)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ChatRole Role(ItemRole role) => role switch { ItemRole.System => ChatRole.System, ItemRole.User => ChatRole.User, _ => ChatRole.Assistant };
}
