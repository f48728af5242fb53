namespace Voice.Inference.Providers.Routing;

/// <summary>Which of those who could answer comes first where a request asks for the fastest or the cheapest.</summary>
internal sealed class ProviderRanking
{
    public IEnumerable<ProviderCandidate> Fastest(IReadOnlyList<ProviderCandidate> choice) => choice;

    /// <summary>Those of unknown price last; what runs here costs nothing by the call.</summary>
    public IEnumerable<ProviderCandidate> Cheapest(IReadOnlyList<ProviderCandidate> choice) =>
        choice.OrderBy(candidate => candidate.Entry.Price(candidate.Capability) is { } price ? Weight(price) : candidate.Entry.IsLocal ? 0 : decimal.MaxValue);

    // Answers are shorter than what is asked with all its history: three tokens in for one out.
    private static decimal Weight(ProviderPrice price) =>
        price.PerAudioMinute + price.PerMillionCharacters + (3 * price.PerMillionInputTokens) + price.PerMillionOutputTokens;
}
