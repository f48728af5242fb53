namespace Voice.Inference.Engines;

/// <summary>A request names a model that does not exist here, or not for this purpose.</summary>
internal sealed class ModelNotFoundException(string capability, IEnumerable<string> accepted)
    : Exception($"There is no such {capability} model. Available: {string.Join(", ", accepted)}, or 'default'.");
