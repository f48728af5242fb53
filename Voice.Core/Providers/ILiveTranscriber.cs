namespace Voice.Core.Providers;

/// <summary>Live speech-to-text: one stream per session, one utterance after the other. Thread-safe.</summary>
public interface ILiveTranscriber
{
    /// <summary>Opens a stream. Throws <see cref="ProviderException"/> where the provider refuses or cannot be reached.</summary>
    ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken);
}

/// <summary>
/// One live stream. <see cref="AppendAsync"/>, <see cref="CommitAsync"/> and <see cref="ClearAsync"/> are called by one writer at a time
/// while one reader consumes <see cref="ReadAllAsync"/>. Every commit is answered by exactly one final or failed event,
/// unless the stream fails: what it then has not answered may be asked of another.
/// </summary>
public interface ILiveTranscription : IAsyncDisposable
{
    /// <param name="pcm">16-bit little-endian mono PCM at <see cref="TranscriptionOptions.SampleRate"/>; copied before the call returns.</param>
    ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken);

    /// <summary>Ends the utterance: what was appended since the last commit becomes final under this id.</summary>
    ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken);

    /// <summary>Forgets what was appended since the last commit.</summary>
    ValueTask ClearAsync(CancellationToken cancellationToken);

    IAsyncEnumerable<TranscriptionEvent> ReadAllAsync(CancellationToken cancellationToken);
}

/// <param name="Model">Provider's model name; null for its default.</param>
/// <param name="Language">BCP-47, e.g. <c>en</c>.</param>
/// <param name="Prompt">Text whose words and phrases the speaker is likely to use; null for none.</param>
public sealed record TranscriptionOptions(string? Model, string Language, string? Prompt, int SampleRate = 16_000);

public abstract record TranscriptionEvent
{
    private TranscriptionEvent()
    {
    }

    /// <summary>The hypothesis for the utterance so far; replaces the one before.</summary>
    public sealed record Partial(string Text) : TranscriptionEvent
    {
        /// <summary>
        /// Which utterance of the stream it is about: how many commits and clears came before its audio. Null where the engine does not say:
        /// then what comes before an answer is taken to belong to what was asked.
        /// </summary>
        public int? Utterance { get; init; }
    }

    /// <param name="Confidence">0 to 1; null where the engine reports none.</param>
    public sealed record Final(string UtteranceId, string Text, double? Confidence) : TranscriptionEvent
    {
        /// <summary>Empty where the engine gives no times.</summary>
        public IReadOnlyList<TranscribedWord> Words { get; init; } = [];
    }

    public sealed record Failed(string UtteranceId, string Reason) : TranscriptionEvent;
}
