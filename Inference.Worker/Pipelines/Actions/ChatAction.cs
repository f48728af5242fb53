using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Voice.Inference.Engines;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Pipelines.Actions;

internal sealed class ChatAction(ChatCalls chat) : IStepAction
{
    private const int MaxMessages = 200;

    public StepType Type => StepTypes.Chat;

    public async Task<StepResult> RunAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        var json = arguments.Text("format") == "json";
        var instructions = arguments.Text("instructions");
        var messages = Messages(arguments);
        if (json)
        {
            instructions = $"{instructions}\nAnswer with one JSON value and nothing else.".Trim();
        }

        if (!string.IsNullOrWhiteSpace(instructions))
        {
            messages.Insert(0, new ChatMessage(ChatRole.System, instructions));
        }

        var options = new ChatOptions
        {
            MaxOutputTokens = (int?)arguments.Number("max_tokens", 1, 1_000_000),
            Temperature = (float?)arguments.Number("temperature", 0, 2),
            ResponseFormat = json ? ChatResponseFormat.Json : null,
        };
        var answer = await chat.AskAsync(new EngineAsk(arguments.Text("model"), arguments.Text("language"), call.OrganizationId), messages, options, cancellationToken);
        return new StepResult(new JsonObject
        {
            ["text"] = answer.Text,
            ["json"] = json ? Parse(answer.Text) : null,
            ["model"] = answer.Model,
            ["tokens"] = new JsonObject { ["input"] = answer.InputTokens, ["output"] = answer.OutputTokens },
        })
        {
            Usage = new Dictionary<string, decimal> { [UsageKinds.Tokens] = answer.InputTokens + answer.OutputTokens },
            Cost = answer.Cost,
        };
    }

    private static List<ChatMessage> Messages(StepArguments arguments)
    {
        List<ChatMessage> messages = [];
        switch (arguments.Json("messages"))
        {
            case null:
                break;
            case JsonArray { Count: <= MaxMessages } list:
                messages.AddRange(list.Select(Message));
                break;
            default:
                throw new StepFailedException("invalid_value", $"'messages' must be a list of at most {MaxMessages} messages.");
        }

        if (arguments.Text("prompt") is { } prompt && !string.IsNullOrWhiteSpace(prompt))
        {
            messages.Add(new ChatMessage(ChatRole.User, prompt));
        }

        return messages.Count > 0 ? messages : throw new StepFailedException("missing_value", "There is nothing to answer: 'prompt' and 'messages' are empty.");
    }

    private static ChatMessage Message(JsonNode? message) =>
        message is JsonObject members && members["role"]?.ToString() is "system" or "user" or "assistant" && members["content"]?.GetValueKind() == JsonValueKind.String
            ? new ChatMessage(new ChatRole(message["role"]!.ToString()), message["content"]!.GetValue<string>())
            : throw new StepFailedException("invalid_value", "A message has a role (system, user or assistant) and a content, which is text.");

    private static JsonNode? Parse(string text)
    {
        // Models like to put JSON into a fence.
        var trimmed = text.Trim();
        if (trimmed.StartsWith("```", StringComparison.Ordinal) && trimmed.IndexOf('\n', StringComparison.Ordinal) is > 0 and var line)
        {
            trimmed = trimmed[(line + 1)..].TrimEnd('`').Trim();
        }

        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(trimmed));
            return CheckedJson.Read(document.RootElement, "", out var problem) is { } value && problem is null ? value : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new StepFailedException("not_json", "The model's answer is not JSON.", retryable: true);
        }
    }
}
