namespace Voice.Core.Replay;

/// <summary>Who spoke with whom, for whoever replays it.</summary>
/// <param name="StartedAt">The engine's clock at the log's zero.</param>
public sealed record SessionLogHeader(string SessionId, string AgentId, int AgentVersion, DateTimeOffset StartedAt, bool Greet)
{
    /// <summary>Replies were begun before the turn was known to be over, until the client said otherwise.</summary>
    public bool? Speculation { get; init; }
}
