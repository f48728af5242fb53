namespace Voice.Core.Replay;

/// <summary>One call of a provider, and what it brought.</summary>
internal sealed record RecordedCall(TimeSpan At)
{
    public List<RecordedPart> Parts { get; } = [];
}

internal readonly record struct RecordedPart(TimeSpan At, ProviderEntry Entry);
