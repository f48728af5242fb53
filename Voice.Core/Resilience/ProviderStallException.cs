namespace Voice.Core.Resilience;

/// <summary>A provider said nothing for longer than its stage allows. Becomes a provider's failure before it leaves this folder.</summary>
internal sealed class ProviderStallException(TimeSpan limit) : Exception($"The provider did not answer within {limit.TotalSeconds:0.#} seconds.");
