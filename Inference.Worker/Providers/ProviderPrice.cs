namespace Voice.Inference.Providers;

/// <summary>US dollars. Only those of the capability's own unit are set.</summary>
internal sealed record ProviderPrice
{
    public decimal PerAudioMinute { get; init; }

    public decimal PerMillionCharacters { get; init; }

    public decimal PerMillionInputTokens { get; init; }

    public decimal PerMillionOutputTokens { get; init; }

    public IEnumerable<decimal> Values() => [PerAudioMinute, PerMillionCharacters, PerMillionInputTokens, PerMillionOutputTokens];
}
