namespace Voice.Inference.Providers.Metering;

/// <param name="Own">The provider is the organization's, and its service bills the organization.</param>
/// <param name="Estimated">Calls whose tokens are an estimate.</param>
/// <param name="Cost">US dollars, by the prices that are known.</param>
internal sealed record ProviderUsageRow(
    string Day, string Provider, bool Own, string Capability, string Model, long Calls, long Estimated, decimal AudioSeconds, long Characters, long InputTokens, long OutputTokens,
    decimal Cost);
