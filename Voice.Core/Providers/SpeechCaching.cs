namespace Voice.Core.Providers;

/// <summary>Whether the audio of a text may be kept.</summary>
public enum SpeechCaching
{
    /// <summary>The text may tell something about a person.</summary>
    None,

    /// <summary>A reply: for a while, and only where it is said again and again.</summary>
    Reply,

    /// <summary>A text that somebody wrote for everybody: a greeting, an apology.</summary>
    Fixed,
}
