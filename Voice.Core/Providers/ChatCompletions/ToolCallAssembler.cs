using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Core.Tools;

namespace Voice.Core.Providers.ChatCompletions;

/// <summary>
/// Fragments of tool calls to calls: each fragment as it comes, and each call whole once the next begins or the answer ends. Not thread-safe.
/// </summary>
internal sealed class ToolCallAssembler
{
    private readonly StringBuilder _arguments = new();
    private int _count;
    private int? _index;
    private string? _id;
    private string _name = string.Empty;

    public IEnumerable<AIContent> Add(IReadOnlyList<ChatCompletionsCall> fragments)
    {
        foreach (var fragment in fragments.OfType<ChatCompletionsCall>())
        {
            // Not every server counts: a new id is a new call too.
            if (_id is null || (fragment.Index ?? _index) != _index || (fragment.Id is { Length: > 0 } id && id != _id))
            {
                foreach (var whole in Finish())
                {
                    yield return whole;
                }

                _id = fragment.Id is { Length: > 0 } given ? given : $"call_{++_count}_{Guid.NewGuid():N}";
                _index = fragment.Index;
            }

            _name += fragment.Function?.Name;
            if (fragment.Function?.Arguments is { Length: > 0 } arguments)
            {
                _arguments.Append(arguments);
                yield return new ToolCallDelta(_id, _name, arguments);
            }
        }
    }

    /// <summary>The call that was being written, if there is one.</summary>
    public IEnumerable<AIContent> Finish()
    {
        if (_id is not { } id)
        {
            yield break;
        }

        var text = _arguments.Length == 0 ? "{}" : _arguments.ToString();
        var call = new FunctionCallContent(id, _name) { RawRepresentation = text };
        try
        {
            call.Arguments = JsonSerializer.Deserialize<Dictionary<string, object?>>(text);
        }
        catch (JsonException exception)
        {
            // Whoever runs the tool tells the model.
            call.Exception = exception;
        }

        (_id, _name, _index) = (null, string.Empty, null);
        _arguments.Clear();
        yield return call;
    }
}
