using Voice.Core.Providers;
using Voice.Core.Resilience;

namespace Voice.Inference.Providers.Routing;

/// <summary>Falls back until the first audio.</summary>
internal sealed class ChainedSynthesizer(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain) : ISpeechSynthesizer
{
    public IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken) => chain.StreamAsync(
        (rank, token) => candidates[rank].Entry.Provider.Synthesizer!.SynthesizeAsync(
            // A voice is one provider's; another speaks with its default for the language instead of refusing.
            request with { Model = candidates[rank].Model, Voice = rank == 0 || candidates[rank].Entry == candidates[0].Entry ? request.Voice : null }, token),
        static block => !block.IsEmpty,
        rank => chain.Patience(rank, candidates[rank].Entry.Settings, chain.Options.FirstAudio),
        mayBeEmpty: true, cancellationToken);
}
