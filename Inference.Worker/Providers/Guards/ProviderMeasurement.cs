namespace Voice.Inference.Providers.Guards;

/// <param name="Calls">That were answered or failed; those that a caller broke off are neither.</param>
/// <param name="ErrorRate">0 to 1; null where nobody asked.</param>
/// <param name="MedianFirstMs">To the first result.</param>
/// <param name="P95FirstMs">Null until there are twenty.</param>
internal sealed record ProviderMeasurement(int Calls, double? ErrorRate, double? MedianFirstMs, double? P95FirstMs);
