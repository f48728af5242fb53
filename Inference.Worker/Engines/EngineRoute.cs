namespace Voice.Inference.Engines;

/// <summary>The engine that answers a request, and the model it shall use.</summary>
/// <param name="Name">What the response calls the model.</param>
/// <param name="UpstreamModel">The other server's name of it; null for engines of ours.</param>
internal sealed record EngineRoute<TEngine>(TEngine Engine, string Name, string? UpstreamModel = null)
{
    /// <summary>For metrics, whose labels must be few: names of another server's models are its clients' choice.</summary>
    public string Label => UpstreamModel is null ? Name : "upstream";
}
