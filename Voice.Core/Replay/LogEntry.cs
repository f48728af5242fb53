namespace Voice.Core.Replay;

/// <param name="At">Since the session began.</param>
public readonly record struct LogEntry(LogKind Kind, TimeSpan At, ReadOnlyMemory<byte> Content);
