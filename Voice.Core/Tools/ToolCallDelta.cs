using Microsoft.Extensions.AI;

namespace Voice.Core.Tools;

/// <summary>
/// A call while the model writes it, for clients that watch. The whole call follows as <see cref="FunctionCallContent"/>, whose
/// <see cref="AIContent.RawRepresentation"/> is the text of its arguments.
/// </summary>
/// <param name="fragment">Continues the text of the arguments.</param>
public sealed class ToolCallDelta(string callId, string name, string fragment) : AIContent
{
    public string CallId { get; } = callId;

    public string Name { get; } = name;

    public string Fragment { get; } = fragment;
}
