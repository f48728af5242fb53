using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;
using Voice.Inference.Engines;
using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>One answer of a language model, whole, and what it took.</summary>
internal sealed class ChatCalls(EngineCatalog engines)
{
    private const int LongestAnswer = 16 * 1024 * 1024;

    public async Task<ChatAnswer> AskAsync(EngineAsk ask, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        var route = await engines.ChatAsync(ask, cancellationToken);
        if (route.Forward is { } forward)
        {
            return await ForwardAsync(route, forward, messages, options, cancellationToken);
        }

        options.AdditionalProperties = new() { ["metadata"] = new Dictionary<string, string> { ["language"] = ask.Language ?? "en" } };
        var response = await route.Route.Engine.GetResponseAsync(messages, options, cancellationToken);
        return Answer(route, response.Text, response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount, messages);
    }

    private static async Task<ChatAnswer> ForwardAsync(
        ChatRoute route, HedgedForwarder forward, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["messages"] = new JsonArray([.. messages.Select(message => (JsonNode)new JsonObject { ["role"] = message.Role.Value, ["content"] = message.Text })]),
        };
        if (options.MaxOutputTokens is { } most)
        {
            body["max_tokens"] = most;
        }

        if (options.Temperature is { } temperature)
        {
            body["temperature"] = temperature;
        }

        if (options.ResponseFormat == ChatResponseFormat.Json)
        {
            body["response_format"] = new JsonObject { ["type"] = "json_object" };
        }

        using var whole = new MemoryStream();
        await foreach (var part in forward.SendAsync(body, cancellationToken))
        {
            whole.Write(part.Data.Span);
            if (whole.Length > LongestAnswer)
            {
                throw new ProviderException("provider_failed", "The configured model server's answer is too long.");
            }
        }

        try
        {
            var answer = JsonNode.Parse(whole.GetBuffer().AsSpan(0, (int)whole.Length));
            var text = (string?)answer?["choices"]?[0]?["message"]?["content"];
            if (answer is null || text is null)
            {
                throw new JsonException();
            }

            return Answer(route, text, (long?)answer["usage"]?["prompt_tokens"], (long?)answer["usage"]?["completion_tokens"], messages);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new ProviderException("provider_failed", "The configured model server answered with something that is no completion.", failure);
        }
    }

    private static ChatAnswer Answer(ChatRoute route, string text, long? input, long? output, IReadOnlyList<ChatMessage> messages)
    {
        var (asked, answered) = (input ?? messages.Sum(message => Words(message.Text)), output ?? Words(text));
        var cost = StepCost.Of(route.Route, price => ((price.PerMillionInputTokens * asked) + (price.PerMillionOutputTokens * answered)) / StepCost.Million);
        return new ChatAnswer(text, route.Name, asked, answered, cost);
    }

    /// <summary>Engines of ours have no tokens; words stand for them.</summary>
    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
