namespace Voice.ServiceDefaults.Usage;

/// <summary>What is counted, limited and shown. Names are stored and public: they are only ever added to.</summary>
public static class UsageKinds
{
    /// <summary>Seconds of speech, heard or spoken in conversations, or transcribed from files.</summary>
    public const string AudioSeconds = "audio_seconds";

    /// <summary>Characters that were spoken or translated.</summary>
    public const string Characters = "characters";

    /// <summary>Tokens of language models, in and out.</summary>
    public const string Tokens = "tokens";

    /// <summary>Conversations begun.</summary>
    public const string Sessions = "sessions";

    public static readonly IReadOnlyList<string> All = [AudioSeconds, Characters, Tokens, Sessions];
}
