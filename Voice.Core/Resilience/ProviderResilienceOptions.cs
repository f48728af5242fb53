using System.ComponentModel.DataAnnotations;

namespace Voice.Core.Resilience;

/// <summary>How long a conversation waits for a provider, and when it stops asking; section <c>Providers</c>.</summary>
public sealed class ProviderResilienceOptions
{
    public const string Section = "Providers";

    /// <summary>Until a language model's first text or tool call; then the next model is asked.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan FirstText { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Until the first audio of a clause.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan FirstAudio { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Between two parts of an answer that has begun, while somebody waits for the next.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan NextPart { get; set; } = TimeSpan.FromSeconds(8);

    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan Translation { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Until a transcription stream is open.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan TranscriptionStart { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From the end of an utterance to its transcript; then another stream is opened and gets its audio.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan FinalTranscript { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>No further round of attempts is begun after this: by then an apology is better than a late answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>That many failures within <see cref="BreakerWindow"/>, and at least as many as successes, and a model is not asked for a while.</summary>
    [Range(1, 1_000)]
    public int BreakerFailures { get; set; } = 5;

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Until one call may try again; doubles while those fail, up to <see cref="LongestBreakerPause"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Not longer than a caller goes on asking, or a provider that is back would still be apologised for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LongestBreakerPause { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>For agents that name none of their own: <c>Providers:TranscriptionFallbacks:0</c>.</summary>
    public List<string> TranscriptionFallbacks { get; set; } = [];

    public List<string> ChatFallbacks { get; set; } = [];

    public List<string> SpeechFallbacks { get; set; } = [];
}
