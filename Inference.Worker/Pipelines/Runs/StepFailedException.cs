namespace Voice.Inference.Pipelines.Runs;

/// <summary>A step could not do what it should.</summary>
/// <param name="code">Stable, for programs.</param>
/// <param name="message">For the pipeline's author: never a secret, and nothing that was said.</param>
internal sealed class StepFailedException(string code, string message, bool retryable = false, TimeSpan? retryAfter = null) : Exception(message)
{
    public string Code { get; } = code;

    public bool Retryable { get; } = retryable;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
