using System.Text.Json;
using Voice.Api.Agents;
using Voice.Api.Realtime.Wire;
using Voice.Core.Conversations;
using Voice.Core.Tools;
using Voice.Core.Turns;

namespace Voice.Api.Realtime;

/// <summary>The session as its client sees it: what <c>session.created</c> and <c>session.updated</c> show. Immutable; an update makes another.</summary>
internal sealed record SessionState(string Id, AgentDefinition Agent, DateTimeOffset ExpiresAt)
{
    /// <summary>Where the client asked for it at its connection: how it comes back after the connection was lost.</summary>
    public ResumeOffer? Resume { get; init; }

    public const string Speaking = "realtime";
    public const string Transcribing = "transcription";

    /// <summary><c>session.type</c>, for as long as the session lives.</summary>
    public string Type => Agent.Mode == TranscriptionAgent.Mode ? Transcribing : Speaking;

    /// <summary>Of a transcription session; null for the default.</summary>
    public string? Language { get; init; }

    /// <summary>Of a transcription session: words that are likely to be said.</summary>
    public string? Prompt { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Configuration the session began with, as the body of <c>session.update</c> has it; null where it began by default.</summary>
    public string? Opening { get; init; }

    public string? Instructions { get; init; }

    public bool Audio { get; init; } = true;

    public string? Voice { get; init; }

    /// <summary>The client has heard the voice: it cannot become another.</summary>
    public bool HasSpoken { get; init; }

    public double Speed { get; init; } = 1;

    public AudioFormat InputFormat { get; init; } = AudioFormat.Default;

    public AudioFormat OutputFormat { get; init; } = AudioFormat.Default;

    /// <summary>Audio comes and goes as binary messages instead of base64.</summary>
    public bool BinaryAudio { get; init; }

    /// <summary>Replies are begun before the turn is known to be over.</summary>
    public bool Speculation { get; init; } = true;

    /// <summary>Calls of the model per answered turn that this may take.</summary>
    public double SpeculationLimit { get; init; } = ConversationSettings.DefaultSpeculationLimit;

    public Interruption Interruption { get; init; } = Interruption.Default;

    public NoiseReduction? NoiseReduction { get; init; }

    /// <summary>Transcription events are wanted. Transcription itself always runs.</summary>
    public bool Transcription { get; init; } = true;

    public TurnDetection? TurnDetection { get; init; } = new();

    /// <summary>The client's.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public ToolChoice ToolChoice { get; init; } = ToolChoice.Auto;

    public bool ParallelToolCalls { get; init; } = true;

    /// <summary>Null for no limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Given back as it came; the platform traces by its own rules.</summary>
    public JsonElement? Tracing { get; init; }

    /// <summary>Given back as it came; what goes to the model is bounded by the engine's own rule.</summary>
    public JsonElement? Truncation { get; init; }

    /// <summary>Given back as it came.</summary>
    public JsonElement? Reasoning { get; init; }

    /// <exception cref="ProtocolException">The agent holds settings that there are not.</exception>
    public static SessionState ForAgent(string id, AgentDefinition agent, DateTimeOffset expiresAt) => ExtensionsJson.Begin(new SessionState(id, agent, expiresAt));

    public static SessionState ForTranscription(string id, string organizationId, DateTimeOffset expiresAt) =>
        new(id, TranscriptionAgent.Create(organizationId), expiresAt)
        {
            Audio = false,
            TurnDetection = new TurnDetection { CreateResponse = false, InterruptResponse = false },
        };

    public ConversationSettings ToSettings() => new()
    {
        TurnDetection = TurnDetection is { } turns ? Interruption.Apply(NoiseReduction?.Apply(turns) ?? turns) : null,
        Instructions = Instructions,
        Audio = Audio,
        Voice = Voice,
        Speed = Speed,
        Tools = Tools,
        ToolChoice = ToolChoice,
        ParallelToolCalls = ParallelToolCalls,
        MaxOutputTokens = MaxOutputTokens,
        InputSampleRate = InputFormat.Rate,
        Language = Language,
        Vocabulary = Prompt is null && Keywords.Count == 0 ? null : string.Join('\n', [.. Keywords, Prompt ?? string.Empty]),
        SpeculationLimit = Speculation ? SpeculationLimit : null,
    };
}
