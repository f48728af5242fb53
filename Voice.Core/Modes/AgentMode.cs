using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Tools;

namespace Voice.Core.Modes;

/// <summary>A language model answers under the agent's instructions, with what the agent knows, or calls a tool.</summary>
internal sealed class AgentMode(IChatClient chat, AgentProfile profile) : IConversationMode
{
    public async IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = ModelMessages.From(System(request.Instructions ?? profile.Instructions), request.History);
        yield return new ReplyPart.Asked(Tokens(messages, request.Tools));
        ChatFinishReason? finished = null;
        await foreach (var update in chat.GetStreamingResponseAsync(messages, Options(request), cancellationToken))
        {
            foreach (var content in update.Contents)
            {
                switch (content)
                {
                    case TextContent { Text: { Length: > 0 } text }:
                        yield return new ReplyPart.Text(text);
                        break;
                    case ToolCallDelta delta:
                        yield return new ReplyPart.CallDelta(delta.CallId, delta.Name, delta.Fragment);
                        break;
                    case FunctionCallContent call:
                        yield return new ReplyPart.Call(call.CallId, call.Name, call.RawRepresentation as string ?? JsonSerializer.Serialize(call.Arguments));
                        break;
                    case UsageContent usage:
                        yield return new ReplyPart.Used(new ModelUsage(
                            (int?)usage.Details.InputTokenCount, (int?)usage.Details.CachedInputTokenCount, (int?)usage.Details.OutputTokenCount));
                        break;
                }
            }

            finished = update.FinishReason ?? finished;
        }

        // Only now: what the call took comes after the reason for its end.
        if (finished == ChatFinishReason.Length || finished == ChatFinishReason.ContentFilter)
        {
            yield return new ReplyPart.CutShort(finished == ChatFinishReason.ContentFilter);
        }
    }

    private static int Tokens(IEnumerable<ChatMessage> messages, ToolSet tools) =>
        messages.SelectMany(message => message.Contents).Sum(content => content switch
        {
            TextContent text => ResponseUsage.TextTokens(text.Text),
            FunctionCallContent call => ResponseUsage.TextTokens(call.Name) + ResponseUsage.TextTokens(call.RawRepresentation as string ?? string.Empty),
            FunctionResultContent result => ResponseUsage.TextTokens(result.Result as string ?? string.Empty),
            _ => 0,
        }) + tools.All.Sum(tool =>
            ResponseUsage.TextTokens(tool.Name) + ResponseUsage.TextTokens(tool.Description) + ResponseUsage.TextTokens(tool.Parameters.GetRawText()));

    private ChatOptions Options(ReplyRequest request)
    {
        var options = new ChatOptions
        {
            ModelId = profile.ChatModel,
            MaxOutputTokens = request.MaxOutputTokens,
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                ["metadata"] = new Dictionary<string, string> { ["mode"] = profile.Mode, ["language"] = request.Language },
            },
        };
        if (request.Tools.All.Any())
        {
            options.Tools = [.. request.Tools.All.Select(tool => AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, tool.Parameters))];
            options.AllowMultipleToolCalls = request.Tools.Parallel ? null : false;
            options.ToolMode = request.Tools.Choice.Kind switch
            {
                ToolChoiceKind.None => ChatToolMode.None,
                ToolChoiceKind.Required => ChatToolMode.RequireAny,
                ToolChoiceKind.Function => ChatToolMode.RequireSpecific(request.Tools.Choice.Name!),
                _ => ChatToolMode.Auto,
            };
        }

        return options;
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
