namespace Voice.Core.Turns;

/// <summary>How the engine finds the turns of the user; null settings mean that the client says when a turn is over.</summary>
public sealed record TurnDetection
{
    public static readonly TimeSpan MaxPrefixPadding = TimeSpan.FromSeconds(2);

    /// <summary>0 hears a whisper above the noise, 1 only what is far above it.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>Audio before the detected start that belongs to the utterance: the first consonant is quieter than the vowel that gave it away.</summary>
    public TimeSpan PrefixPadding { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Not null: the words decide when a turn is over (<c>semantic_vad</c>), and the two durations below do not count.</summary>
    public TurnEagerness? Eagerness { get; init; }

    /// <summary>Pause that ends a turn.</summary>
    public TimeSpan SilenceDuration { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// Added to the pause while the words so far plainly ask for more. Short by default, so that the answer still comes within 700 ms:
    /// the words are a recogniser's, and as often wrong as the speaker is slow.
    /// </summary>
    public TimeSpan UnfinishedExtension { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>Silence after a reply has played to its end that lets the agent speak again; null for never.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    public bool CreateResponse { get; init; } = true;

    /// <summary>Speech stops the reply.</summary>
    public bool InterruptResponse { get; init; } = true;

    /// <summary>While the reply is heard.</summary>
    public InterruptionPolicy WhileSpeaking { get; init; } = new();

    /// <summary>While the reply is made and none of it was heard: it is held anyway, so there is time to understand.</summary>
    public InterruptionPolicy WhileThinking { get; init; } = new() { MinimumVoice = TimeSpan.FromMilliseconds(1_500) };
}
