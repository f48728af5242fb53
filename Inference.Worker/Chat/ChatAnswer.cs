using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Core.Tools;

namespace Voice.Inference.Chat;

/// <summary>What an engine's updates have said so far, in OpenAI's terms. Not thread-safe.</summary>
/// <param name="prompt">Tokens of the question, where the engine does not count.</param>
internal sealed class ChatAnswer(int prompt)
{
    private readonly StringBuilder _text = new();
    private readonly List<ChatCall> _calls = [];
    private readonly List<string> _told = [];
    private UsageDetails? _usage;
    private int _parts;

    public string? FinishReason { get; private set; }

    public string Text => _text.ToString();

    public ChatReply Reply => new("assistant", _calls.Count > 0 && _text.Length == 0 ? null : Text, null, _calls.Count > 0 ? _calls : null);

    /// <summary>The engine's own count; those here have no tokens, and the pieces of their answer stand for them.</summary>
    public ChatUsage Usage
    {
        get
        {
            var (input, output) = (_usage?.InputTokenCount ?? prompt, _usage?.OutputTokenCount ?? _parts);
            return new(input, output, _usage?.TotalTokenCount ?? input + output);
        }
    }

    /// <returns>What a stream says of it; null where that is nothing.</returns>
    public ChatDelta? Add(ChatResponseUpdate update)
    {
        var (text, calls) = (default(string), default(List<ChatCall>));
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent { Text: { Length: > 0 } said }:
                    text += said;
                    break;
                case ToolCallDelta part:
                    (calls ??= []).Add(Fragment(part));
                    break;
                case FunctionCallContent call:
                    var whole = Whole(call);
                    if (!_told.Contains(call.CallId))
                    {
                        _told.Add(call.CallId);
                        (calls ??= []).Add(whole with { Index = _told.Count - 1 });
                    }

                    _calls.Add(whole);
                    break;
                case UsageContent counted:
                    _usage = counted.Details;
                    break;
            }
        }

        FinishReason = update.FinishReason?.Value ?? FinishReason;
        if (text is null && calls is null)
        {
            return null;
        }

        _parts++;
        _text.Append(text);
        return new ChatDelta(null, text, calls);
    }

    /// <summary>After the last update.</summary>
    public string End() => FinishReason is null or "stop" && _calls.Count > 0 ? "tool_calls" : FinishReason ?? "stop";

    private ChatCall Fragment(ToolCallDelta part)
    {
        var index = _told.IndexOf(part.CallId);
        if (index >= 0)
        {
            return new ChatCall(index, null, null, new ChatCallFunction(null, part.Fragment));
        }

        _told.Add(part.CallId);
        return new ChatCall(_told.Count - 1, part.CallId, "function", new ChatCallFunction(part.Name, part.Fragment));
    }

    private static ChatCall Whole(FunctionCallContent call) => new(
        null, call.CallId, "function", new ChatCallFunction(call.Name, call.RawRepresentation as string ?? JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>())));
}
