namespace Voice.Safety.Interventions;

/// <summary>What the last turns of a live session leave behind for the next one.</summary>
/// <param name="LastTranscript">What the user said before; null at the start.</param>
/// <param name="Concerns">Category and turn number of recent concerns.</param>
internal sealed record SessionContext(string? LastTranscript, IReadOnlyList<ConcernAt> Concerns)
{
    public static readonly SessionContext Empty = new(null, []);
}

internal sealed record ConcernAt(string Category, int Sequence);
