using Voice.Core.Tools;
using Voice.Core.Turns;

namespace Voice.Core.Conversations;

/// <summary>What a client may change while the session runs.</summary>
public sealed record ConversationSettings
{
    public const double DefaultSpeculationLimit = 1.6;

    /// <summary>More calls than this per answer would not bring an answer sooner.</summary>
    public const double HighestSpeculationLimit = 4;

    /// <summary>Null: the client commits and asks for responses itself.</summary>
    public TurnDetection? TurnDetection { get; init; } = new();

    /// <summary>In place of the agent's own, where not null.</summary>
    public string? Instructions { get; init; }

    /// <summary>Replies are spoken; otherwise they are text.</summary>
    public bool Audio { get; init; } = true;

    public string? Voice { get; init; }

    public double Speed { get; init; } = 1;

    /// <summary>The client's: it runs what the model calls of them.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public ToolChoice ToolChoice { get; init; } = ToolChoice.Auto;

    public bool ParallelToolCalls { get; init; } = true;

    /// <summary>Of a response, text and audio; null for no limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>What the user speaks from now on, in place of the agent's language, where not null.</summary>
    public string? Language { get; init; }

    /// <summary>Words the user is likely to say, in place of those the agent knows about, where not null.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>
    /// Replies are begun on what was understood before the turn is known to be over, as long as that does not take more calls of the model
    /// per answer than this; null for never.
    /// </summary>
    public double? SpeculationLimit { get; init; } = DefaultSpeculationLimit;

    /// <summary>Hz of the audio that is appended.</summary>
    public int InputSampleRate { get; init; } = 24_000;
}
