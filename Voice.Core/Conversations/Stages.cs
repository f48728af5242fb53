namespace Voice.Core.Conversations;

/// <summary>Where the time of a turn goes.</summary>
public static class Stages
{
    /// <summary>End of speech to the decision that the turn is over.</summary>
    public const string Endpointing = "endpointing";

    /// <summary>That decision to the final transcript.</summary>
    public const string TranscriptFinal = "transcript_final";

    /// <summary>Transcript to the first text of the reply.</summary>
    public const string FirstToken = "first_token";

    /// <summary>The check of the first clause, inside <see cref="FirstAudio"/>.</summary>
    public const string Safety = "safety";

    /// <summary>First text to the first audio sent.</summary>
    public const string FirstAudio = "first_audio";

    /// <summary>End of speech to the first audio sent.</summary>
    public const string VoiceToVoice = "voice_to_voice";
}
