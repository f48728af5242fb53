using Voice.Core.Providers;

namespace Voice.Core.Replay;

/// <summary>How long the speech was and when it came; the sound itself is in the recording.</summary>
internal sealed class LoggedSynthesizer(ISpeechSynthesizer inner, SessionLog log) : ISpeechSynthesizer
{
    public const string Stage = "speech";

    public IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken) =>
        LoggedStream.OverhearAsync(
            inner.SynthesizeAsync(request, cancellationToken), log, Stage,
            static (block, call) => [new ProviderEntry(Stage, call, "audio") { Bytes = block.Length }], cancellationToken);
}
