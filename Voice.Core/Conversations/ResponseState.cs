namespace Voice.Core.Conversations;

/// <summary>A response as it stands: what goes on the wire when it is created and when it is done.</summary>
/// <param name="Metadata">The client's own, given back as it came.</param>
public sealed record ResponseState(
    string Id,
    ResponseStatus Status,
    ResponseEnd? End,
    bool Audio,
    IReadOnlyList<ConversationItem> Output,
    IReadOnlyDictionary<string, string>? Metadata,
    ResponseUsage Usage)
{
    /// <summary>Beside the conversation.</summary>
    public bool OutOfBand { get; init; }

    /// <summary>Null for no limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Null for the language's own.</summary>
    public string? Voice { get; init; }
}

public enum ResponseStatus
{
    InProgress,
    Completed,
    Cancelled,
    Failed,
    Incomplete,
}

/// <param name="Reason"><c>turn_detected</c>, <c>client_cancelled</c>, <c>max_output_tokens</c> or <c>content_filter</c>; null for a failure.</param>
/// <param name="ErrorCode">For a failure.</param>
public sealed record ResponseEnd(string? Reason, string? ErrorCode = null, string? Message = null);

/// <summary>Text as the model's provider counts it, over all its calls; where it does not say, and audio, estimated.</summary>
public sealed record ResponseUsage(int InputTextTokens, int OutputTextTokens, int OutputAudioTokens)
{
    /// <summary>Of <see cref="InputTextTokens"/>.</summary>
    public int CachedInputTokens { get; init; }

    public const int AudioTokensPerSecond = 20;
    public const int CharactersPerTextToken = 4;

    public static int TextTokens(string text) => (text.Length + CharactersPerTextToken - 1) / CharactersPerTextToken;

    public static int AudioTokens(TimeSpan audio) => (int)Math.Ceiling(audio.TotalSeconds * AudioTokensPerSecond);
}
