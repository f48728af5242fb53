namespace Voice.Core.Conversations;

/// <summary>What a client asks of one response; null is as the session says.</summary>
public sealed record ResponseRequest(
    string? Instructions = null, bool? Audio = null, string? Voice = null, IReadOnlyDictionary<string, string>? Metadata = null, string? ClientEventId = null);
