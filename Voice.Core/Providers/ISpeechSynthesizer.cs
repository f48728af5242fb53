namespace Voice.Core.Providers;

/// <summary>Text to speech, streamed. Thread-safe.</summary>
public interface ISpeechSynthesizer
{
    /// <summary>
    /// Yields 16-bit little-endian mono PCM at <see cref="SampleRate"/> as it is made; each block has whole samples and is the caller's to keep.
    /// Throws <see cref="ProviderException"/> where the provider refuses or fails.
    /// </summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken);

    /// <summary>Hz.</summary>
    const int SampleRate = 24_000;
}

/// <param name="Text">Plain words, or with <see cref="IsSsml"/> a document; at most 4,096 characters.</param>
/// <param name="Language">BCP-47.</param>
/// <param name="Voice">Provider's voice name; null for the language's default.</param>
/// <param name="Speed">0.25 to 4; 1 is normal.</param>
public sealed record SpeechRequest(string Text, string Language, string? Model = null, string? Voice = null, double Speed = 1)
{
    public SpeechCaching Caching { get; init; }

    /// <summary>How to say it, in words: <c>calm, a little slower</c>. Who cannot follow refuses with <c>unsupported_value</c>; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>The text is SSML. Who cannot read it refuses with <c>unsupported_value</c>: markup is never spoken.</summary>
    public bool IsSsml { get; init; }
}
