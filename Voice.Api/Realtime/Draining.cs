namespace Voice.Api.Realtime;

/// <summary>Told to a client: its server stops, and its session with it when the time is up.</summary>
internal sealed record Draining(TimeSpan Deadline);
