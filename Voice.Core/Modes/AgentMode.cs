using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Voice.Core.Conversations;

namespace Voice.Core.Modes;

/// <summary>A language model answers under the agent's instructions, with what the agent knows.</summary>
internal sealed class AgentMode(IChatClient chat, AgentProfile profile) : IConversationMode
{
    /// <summary>Older messages are left out: a spoken conversation rarely reaches back further, and every token delays the first one.</summary>
    private const int MaxMessages = 40;

    public async IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new ChatOptions
        {
            ModelId = profile.ChatModel,
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                ["metadata"] = new Dictionary<string, string> { ["mode"] = profile.Mode, ["language"] = request.Language },
            },
        };
        await foreach (var update in chat.GetStreamingResponseAsync(Messages(request), options, cancellationToken))
        {
            if (update.Text is { Length: > 0 } text)
            {
                yield return new ReplyPart.Text(text);
            }
        }
    }

    private List<ChatMessage> Messages(ReplyRequest request)
    {
        List<ChatMessage> messages = [new(ChatRole.System, System(request.Instructions ?? profile.Instructions))];
        foreach (var item in request.History.TakeLast(MaxMessages))
        {
            if (item.Text is { Length: > 0 } text)
            {
                messages.Add(new ChatMessage(item.Role switch { ItemRole.System => ChatRole.System, ItemRole.User => ChatRole.User, _ => ChatRole.Assistant }, text));
            }
        }

        return messages;
    }

    private string System(string instructions)
    {
        if (profile.Knowledge.Count == 0)
        {
            return instructions;
        }

        var system = new StringBuilder(instructions).Append("\n\n# Knowledge\n");
        foreach (var entry in profile.Knowledge)
        {
            system.Append("\n## ").Append(entry.Title).Append('\n').Append(entry.Text).Append('\n');
        }

        return system.ToString();
    }
}
