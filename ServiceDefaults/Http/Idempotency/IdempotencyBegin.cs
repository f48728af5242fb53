namespace Voice.ServiceDefaults.Http.Idempotency;

/// <param name="Attempt">The caller executes the request, under this name; null where somebody has, or does.</param>
/// <param name="SameRequest">What was asked with this key before was the same.</param>
/// <param name="Answer">Sealed; null while there is none.</param>
internal sealed record IdempotencyBegin(Guid? Attempt, bool SameRequest, byte[]? Answer);
