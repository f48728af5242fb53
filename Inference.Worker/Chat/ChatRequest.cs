using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Inference.Engines;

namespace Voice.Inference.Chat;

/// <summary>A request of <c>/v1/chat/completions</c> in the terms of Microsoft.Extensions.AI, for engines that are no such server themselves.</summary>
internal sealed record ChatRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions Options, bool Stream, bool IncludeUsage)
{
    /// <summary>What asks for something that only another kind of model or server has; without it the answer would be another than was asked for.</summary>
    private static readonly string[] Unsupported = ["functions", "function_call", "audio", "web_search_options", "logit_bias", "top_logprobs"];

    /// <exception cref="FieldException">A field does not fit, or asks for what nothing here does.</exception>
    public static ChatRequest Of(JsonElement body)
    {
        try
        {
            return Read(body);
        }
        catch (InvalidOperationException)
        {
            throw new FieldException("messages", "A text of the request has half of a surrogate pair, which is no text.");
        }
    }

    private static ChatRequest Read(JsonElement body)
    {
        foreach (var field in Unsupported)
        {
            if (body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                throw new FieldException(field, $"'{field}' is not supported by this model.", "unsupported_value");
            }
        }

        CheckAnswer(body);
        var tools = ChatTools.Of(body);
        var options = new ChatOptions
        {
            Temperature = (float?)Number(body, "temperature", 0, 2),
            TopP = (float?)Number(body, "top_p", 0, 1),
            FrequencyPenalty = (float?)Number(body, "frequency_penalty", -2, 2),
            PresencePenalty = (float?)Number(body, "presence_penalty", -2, 2),
            MaxOutputTokens = (int?)(Whole(body, "max_completion_tokens", 1, int.MaxValue) ?? Whole(body, "max_tokens", 1, int.MaxValue)),
            Seed = Whole(body, "seed", long.MinValue, long.MaxValue),
            StopSequences = Stop(body),
            ResponseFormat = ChatFormat.Of(body),
            Reasoning = Effort(body) is { } effort ? new ReasoningOptions { Effort = effort } : null,
            Tools = tools.Count > 0 ? tools : null,
            ToolMode = ChatTools.Mode(body, tools),
            AllowMultipleToolCalls = Flag(body, "parallel_tool_calls"),
            AdditionalProperties = new() { ["metadata"] = Metadata(body) },
        };
        var usage = body.TryGetProperty("stream_options", out var stream) && stream.ValueKind == JsonValueKind.Object && Flag(stream, "include_usage") == true;
        return new ChatRequest(ChatMessages.Of(body.GetProperty("messages")), options, Flag(body, "stream") == true, usage);
    }

    public static bool? Flag(JsonElement body, string name) => Find(body, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new FieldException(name, $"'{name}' must be true or false."),
    };

    /// <summary>Null where it is missing or null.</summary>
    public static JsonElement? Find(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void CheckAnswer(JsonElement body)
    {
        if (Whole(body, "n", 1, 128) > 1)
        {
            throw new FieldException("n", "'n' must be 1: this model gives one answer.", "unsupported_value");
        }

        if (Flag(body, "logprobs") == true)
        {
            throw new FieldException("logprobs", "This model gives no log probabilities.", "unsupported_value");
        }

        if (Find(body, "modalities") is { } modalities
            && (modalities.ValueKind != JsonValueKind.Array || modalities.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String || !item.ValueEquals("text"))))
        {
            throw new FieldException("modalities", "'modalities' must be [\"text\"].", "unsupported_value");
        }
    }

    private static double? Number(JsonElement body, string name, double least, double most) =>
        Find(body, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
        : throw new FieldException(name, FormattableString.Invariant($"'{name}' must be a number between {least} and {most}."));

    private static long? Whole(JsonElement body, string name, long least, long most) =>
        Find(body, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most ? number
        : throw new FieldException(name, $"'{name}' must be a whole number{(least > long.MinValue ? $" of at least {least}" : "")}{(most < int.MaxValue ? $" and at most {most}" : "")}.");

    private static List<string>? Stop(JsonElement body)
    {
        const int most = 4;
        List<JsonElement> values = Find(body, "stop") switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray()],
            { } one => [one],
        };
        return values.Count > most || values.Exists(value => value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 })
            ? throw new FieldException("stop", $"'stop' must be a text, or at most {most} of them.")
            : values.Count == 0 ? null : [.. values.Select(value => value.GetString()!)];
    }

    private static ReasoningEffort? Effort(JsonElement body) => Find(body, "reasoning_effort") is not { } value ? null
        : (value.ValueKind == JsonValueKind.String ? value.GetString() : null) switch
        {
            "none" => ReasoningEffort.None,
            "minimal" or "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "xhigh" => ReasoningEffort.ExtraHigh,
            _ => throw new FieldException("reasoning_effort", "'reasoning_effort' must be none, minimal, low, medium, high or xhigh."),
        };

    private static Dictionary<string, string>? Metadata(JsonElement body) => Find(body, "metadata") is not { } metadata ? null
        : metadata.ValueKind == JsonValueKind.Object && metadata.EnumerateObject().All(pair => pair.Value.ValueKind == JsonValueKind.String)
            // Of the same name twice the last is meant.
            ? metadata.EnumerateObject().GroupBy(pair => pair.Name).ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Value.GetString()!)
            : throw new FieldException("metadata", "'metadata' must be an object of texts.");
}
