namespace Voice.Inference.Providers.Metering;

/// <summary>What calls of one provider used. Costs are US dollars.</summary>
internal sealed record ProviderUse
{
    public long Calls { get; init; }

    /// <summary>Of those, calls whose tokens are an estimate, because they were broken off before the service told.</summary>
    public long Estimated { get; init; }

    public decimal AudioSeconds { get; init; }

    public long Characters { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public decimal Cost { get; init; }

    public static ProviderUse operator +(ProviderUse one, ProviderUse other) => new()
    {
        Calls = one.Calls + other.Calls,
        Estimated = one.Estimated + other.Estimated,
        AudioSeconds = one.AudioSeconds + other.AudioSeconds,
        Characters = one.Characters + other.Characters,
        InputTokens = one.InputTokens + other.InputTokens,
        OutputTokens = one.OutputTokens + other.OutputTokens,
        Cost = one.Cost + other.Cost,
    };

    public ProviderUse At(ProviderPrice? price) => price is null ? this : this with
    {
        Cost = (AudioSeconds / 60 * price.PerAudioMinute) + (Characters * price.PerMillionCharacters / 1_000_000)
            + (InputTokens * price.PerMillionInputTokens / 1_000_000) + (OutputTokens * price.PerMillionOutputTokens / 1_000_000),
    };
}
