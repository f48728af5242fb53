namespace Voice.ServiceDefaults.Http.Idempotency;

/// <summary>On endpoints that take an <c>Idempotency-Key</c>; the API document says so.</summary>
internal sealed class IdempotentMetadata;
