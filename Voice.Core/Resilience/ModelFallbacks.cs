namespace Voice.Core.Resilience;

/// <summary>Models that are asked, in this order, where the one that was named does not answer.</summary>
// Init to nothing where null is set: what reads JSON sets what is absent to null.
public sealed record ModelFallbacks
{
    public static readonly ModelFallbacks None = new();

    public IReadOnlyList<string> Transcription { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Chat { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> Speech { get; init => field = value ?? []; } = [];
}
