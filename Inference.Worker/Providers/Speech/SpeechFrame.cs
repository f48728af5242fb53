using Voice.Core.Providers;

namespace Voice.Inference.Providers.Speech;

/// <summary>What one message of a speech service is. A message that says nothing to us is <see cref="Other"/>.</summary>
internal readonly record struct SpeechFrame
{
    public static readonly SpeechFrame Other;

    public static readonly SpeechFrame End = new() { IsEnd = true };

    /// <summary>PCM; may end within a sample.</summary>
    public ReadOnlyMemory<byte> Audio { get; private init; }

    /// <summary>All that was asked for has been said.</summary>
    public bool IsEnd { get; private init; }

    public ProviderException? Failure { get; private init; }

    public static SpeechFrame Sound(ReadOnlyMemory<byte> audio) => new() { Audio = audio };

    public static SpeechFrame Failed(ProviderException failure) => new() { Failure = failure };
}
