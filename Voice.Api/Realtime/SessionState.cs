using System.Text.Json;
using Voice.Api.Agents;
using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Api.Realtime;

/// <summary>The session as its client sees it: what <c>session.created</c> and <c>session.updated</c> show. Immutable; an update makes another.</summary>
internal sealed record SessionState(string Id, AgentDefinition Agent, DateTimeOffset ExpiresAt)
{
    /// <summary>Where the client asked for it at its connection: how it comes back after the connection was lost.</summary>
    public ResumeOffer? Resume { get; init; }

    public string? Instructions { get; init; }

    public bool Audio { get; init; } = true;

    public string? Voice { get; init; }

    public double Speed { get; init; } = 1;

    public int InputRate { get; init; } = 24_000;

    public int OutputRate { get; init; } = 24_000;

    /// <summary>Transcription events are wanted. Transcription itself always runs.</summary>
    public bool Transcription { get; init; } = true;

    public TurnDetection? TurnDetection { get; init; } = new();

    /// <summary>Not null where the client chose <c>semantic_vad</c>.</summary>
    public string? Eagerness { get; init; }

    /// <summary>Given back as it came; the platform traces by its own rules.</summary>
    public JsonElement? Tracing { get; init; }

    public JsonElement? Truncation { get; init; }

    public ConversationSettings ToSettings() => new()
    {
        TurnDetection = TurnDetection,
        Instructions = Instructions,
        Audio = Audio,
        Voice = Voice,
        Speed = Speed,
        InputSampleRate = InputRate,
    };
}
