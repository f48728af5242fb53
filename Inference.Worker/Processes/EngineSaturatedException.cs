namespace Voice.Inference.Processes;

/// <summary>Every process of an engine is taken; later there may be one.</summary>
internal sealed class EngineSaturatedException(string engine, int max, TimeSpan retryAfter)
    : Exception($"All {max} places of the engine '{engine}' are taken. Try again in {retryAfter.TotalSeconds:0} s.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
