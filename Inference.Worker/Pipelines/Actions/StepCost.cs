using Voice.Inference.Engines;
using Voice.Inference.Providers;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>What a step cost, by the price of whoever was to answer first; 0 where nobody has said one, as for engines of ours.</summary>
internal static class StepCost
{
    public const decimal Million = 1_000_000;

    public static decimal Of<T>(EngineRoute<T> route, Func<ProviderPrice, decimal> cost) =>
        route.Candidates[0] is { } first && first.Entry.Price(first.Capability) is { } price ? Math.Round(cost(price), 6) : 0;
}
