using Voice.Core.Tools;

namespace Voice.Core.Conversations;

/// <summary>What a client asks of one response; null is as the session says.</summary>
public sealed record ResponseRequest(
    string? Instructions = null, bool? Audio = null, string? Voice = null, IReadOnlyDictionary<string, string>? Metadata = null, string? ClientEventId = null)
{
    /// <summary><see cref="MaxOutputTokens"/> for a response without a limit in a session that has one.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>Beside the conversation: reads it, and adds nothing to it.</summary>
    public bool OutOfBand { get; init; }

    /// <summary>In place of the conversation.</summary>
    public IReadOnlyList<ResponseInput>? Input { get; init; }

    /// <summary>The client's, in place of the session's.</summary>
    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    public ToolChoice? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    public int? MaxOutputTokens { get; init; }
}
