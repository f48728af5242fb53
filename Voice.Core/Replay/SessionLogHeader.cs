namespace Voice.Core.Replay;

/// <summary>Who spoke with whom, for whoever replays it.</summary>
/// <param name="StartedAt">The engine's clock at the log's zero.</param>
public sealed record SessionLogHeader(string SessionId, string AgentId, int AgentVersion, DateTimeOffset StartedAt, bool Greet);
