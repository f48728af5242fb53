namespace Voice.Inference.Providers.Routing;

/// <summary>Which of those who could answer comes first where a request asks for the fastest or the cheapest.</summary>
internal sealed class ProviderRanking(TimeProvider time)
{
    /// <summary>One request in that many begins with whom least is known about: who was never asked would never be the fastest.</summary>
    private const int Explore = 20;

    private int _asked;

    /// <summary>By the median time to a first result; those that were not measured lately come last.</summary>
    public IEnumerable<ProviderCandidate> Fastest(IReadOnlyList<ProviderCandidate> choice)
    {
        var now = time.GetUtcNow();
        var measured = choice.Select(candidate => (Candidate: candidate, Known: candidate.Entry.State.Statistics(candidate.Capability).Measure(now))).ToList();
        var ranked = measured.OrderBy(one => one.Known.MedianFirstMs ?? double.MaxValue).Select(one => one.Candidate).ToList();
        if (ranked.Count > 1 && Interlocked.Increment(ref _asked) % Explore == 0)
        {
            var least = measured.MinBy(one => one.Known.Calls).Candidate;
            ranked.Remove(least);
            ranked.Insert(0, least);
        }

        return ranked;
    }

    /// <summary>Those of unknown price last; what runs here costs nothing by the call.</summary>
    public IEnumerable<ProviderCandidate> Cheapest(IReadOnlyList<ProviderCandidate> choice) =>
        choice.OrderBy(candidate => candidate.Entry.Price(candidate.Capability) is { } price ? Weight(price) : candidate.Entry.IsLocal ? 0 : decimal.MaxValue);

    // Answers are shorter than what is asked with all its history: three tokens in for one out.
    private static decimal Weight(ProviderPrice price) =>
        price.PerAudioMinute + price.PerMillionCharacters + (3 * price.PerMillionInputTokens) + price.PerMillionOutputTokens;
}
