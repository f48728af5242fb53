namespace Voice.Inference.Providers;

/// <summary>What a provider can do of one <see cref="Capability"/>.</summary>
internal sealed record ProviderCapability(Capability Capability)
{
    /// <summary>Whether results come while the input or the work still goes on.</summary>
    public bool Streaming { get; init; }

    /// <summary>BCP-47; a primary subtag stands for its regions. Empty where it depends on the model and nothing is known.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<ProviderVoice> Voices { get; init; } = [];

    /// <summary>Models that are known without asking the service. Others may be accepted too.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Transcription: times of single words.</summary>
    public bool WordTimes { get; init; }

    /// <summary>Transcription: recordings in other languages as English text.</summary>
    public bool TranslatesToEnglish { get; init; }

    /// <summary>Speech: takes <c>instructions</c> about how to speak.</summary>
    public bool Instructions { get; init; }

    /// <summary>Speech: takes SSML.</summary>
    public bool Ssml { get; init; }

    /// <summary>Null where nobody has said what it costs; an operator's own price wins.</summary>
    public ProviderPrice? Price { get; init; }
}
