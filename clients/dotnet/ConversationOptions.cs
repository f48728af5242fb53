namespace Voice.Client;

/// <summary>How long a client that plays a file as a microphone goes on listening.</summary>
public sealed record ConversationOptions
{
    /// <summary>Silence that is always sent after the file: longer than the longest pause after which the platform takes a turn as over.</summary>
    public TimeSpan Tail { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long nothing has to be said, awaited or played before the conversation counts as over.</summary>
    public TimeSpan Settled { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Stays until the last reply would have been played to its end; else only until it has been received.</summary>
    public bool HearOut { get; init; } = true;

    /// <summary>How long the platform may be silent while an answer is due.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the conversation may go on after the file's end, whatever the platform does.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Goes on with the same session when the connection breaks, for as long as the platform waits; else that is the end.</summary>
    public bool Resume { get; init; }
}
