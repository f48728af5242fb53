using System.Diagnostics.Metrics;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Providers.Guards;

/// <summary>When a language model is asked a second time, and how often that happens.</summary>
internal sealed class ProviderHedges
{
    /// <summary>Sooner, two calls would be the rule for models that answer at once.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;
    private readonly Counter<long> _hedges;

    public ProviderHedges(TimeProvider time, IMeterFactory meters)
    {
        _time = time;
        _hedges = meters.Create(InferenceTelemetry.Name).CreateCounter<long>("inference_hedges", null, "Language models asked a second time because the first answer was late, by provider.");
    }

    public IAsyncEnumerable<T> RunAsync<T>(
        ProviderCandidate candidate, Func<CancellationToken, IAsyncEnumerable<T>> first, Func<CancellationToken, IAsyncEnumerable<T>> second, CancellationToken cancellationToken) =>
        HedgedStream.RunAsync(first, second, After(candidate), _time, () => _hedges.Add(1, new KeyValuePair<string, object?>("provider", candidate.Label)), cancellationToken);

    /// <summary>Null where too little is known of it.</summary>
    private TimeSpan? After(ProviderCandidate candidate)
    {
        if (!candidate.Entry.Settings.Hedge || candidate.Entry.State.Statistics(candidate.Capability).Measure(_time.GetUtcNow()).P95FirstMs is not { } late)
        {
            return null;
        }

        return TimeSpan.FromMilliseconds(late) > Soonest ? TimeSpan.FromMilliseconds(late) : Soonest;
    }
}
