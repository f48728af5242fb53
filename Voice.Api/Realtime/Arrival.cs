namespace Voice.Api.Realtime;

/// <summary>A client that came back.</summary>
/// <param name="After">Number of the last event it has; null where it does not say.</param>
internal sealed record Arrival(RealtimeConnection Connection, long? After);
