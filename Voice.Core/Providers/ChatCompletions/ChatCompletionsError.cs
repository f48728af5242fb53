using System.Text.Json;

namespace Voice.Core.Providers.ChatCompletions;

/// <summary>An error inside a stream, after the status was sent.</summary>
public sealed record ChatCompletionsError(string? Message = null, string? Type = null, string? Code = null)
{
    // {"error":{"message":"…","type":"…","code":"…"}}, or with a number for a code (vLLM, llama.cpp), or {"error":"…"}; vLLM's older form has no envelope:
    // {"object":"error","message":"…","type":"…","code":400}
    internal static ChatCompletionsError From(JsonElement? error) => error switch
    {
        { ValueKind: JsonValueKind.String } text => new(Text(text)),
        { ValueKind: JsonValueKind.Object } whole => new(Text(whole, "message"), Text(whole, "type"), Text(whole, "code")),
        _ => new(),
    };

    private static string? Text(JsonElement error, string name) => error.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair is found out by reading it.
        }
    }
}
