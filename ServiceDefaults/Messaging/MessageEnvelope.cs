namespace Voice.ServiceDefaults.Messaging;

/// <summary>A message as transports carry it.</summary>
/// <param name="Id">Unique per published message; transports and consumers deduplicate by it.</param>
/// <param name="Key">The session: messages of one key are delivered in order.</param>
/// <param name="Type">Name of the contract, e.g. <c>TurnCompleted</c>.</param>
/// <param name="Body">JSON, snake_case.</param>
/// <param name="TraceParent">W3C trace context of the publisher.</param>
public sealed record MessageEnvelope(string Id, string Key, string Type, string Body, string? TraceParent, DateTimeOffset CreatedAt);
