namespace Voice.Inference.Processes;

/// <param name="Arguments">What makes this program the engine.</param>
/// <param name="Reusable">The engine keeps nothing between callers, so that one process may serve many.</param>
/// <param name="Queue">How long a caller may wait for a place.</param>
/// <param name="RetryAfter">What a refused caller is told.</param>
internal sealed record EnginePoolOptions(
    string Name,
    IReadOnlyList<string> Arguments,
    int Warm,
    int Max,
    bool Reusable,
    TimeSpan Queue,
    TimeSpan RetryAfter,
    TimeSpan StartTimeout);
