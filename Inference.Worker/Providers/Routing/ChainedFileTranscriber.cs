using Voice.Core.Audio;
using Voice.Core.Resilience;
using Voice.Inference.Providers.Guards;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers.Routing;

/// <summary>Falls back until the first segment.</summary>
internal sealed class ChainedFileTranscriber(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain, ProviderCalls calls) : IFileTranscriber
{
    /// <summary>Whole recordings are heard before their first words come.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);

    public IAsyncEnumerable<TranscribedSegment> TranscribeAsync(WavAudio audio, FileTranscriptionOptions options, CancellationToken cancellationToken) => chain.StreamAsync(
        (rank, token) => calls.StreamAsync(
            candidates[rank],
            stop => Engine(candidates[rank].Entry.Provider).TranscribeAsync(audio, options with { Model = candidates[rank].Model }, stop),
            call => call.AudioSeconds = (decimal)audio.Duration.TotalSeconds,
            static (call, _) => call.Began(),
            token),
        static _ => true, _ => First, mayBeEmpty: true, cancellationToken);

    private static IFileTranscriber Engine(Provider provider) => provider.FileTranscriber ?? new LiveFileTranscriber(provider.LiveTranscriber!);
}
