using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Engines;

/// <summary>What answers a request: one engine, behind which the candidates are asked in order. It knows which model each is to use; what a request of it names is passed over.</summary>
/// <param name="Name">What the response calls the model.</param>
internal sealed record EngineRoute<TEngine>(TEngine Engine, string Name, IReadOnlyList<ProviderCandidate> Candidates)
{
    /// <summary>For metrics, whose labels must be few.</summary>
    public string Label => Candidates[0].Label;
}
