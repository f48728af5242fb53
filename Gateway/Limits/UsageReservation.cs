namespace Voice.Gateway.Limits;

/// <summary>Kept on a metered request, for the service: what was taken from the bucket in advance.</summary>
internal sealed record UsageReservation(long Amount);
