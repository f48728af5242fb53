using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Providers.Routing;

/// <summary>Falls back until the first audio.</summary>
internal sealed class ChainedSynthesizer(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain, ProviderCalls calls) : ISpeechSynthesizer
{
    public IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken) => chain.StreamAsync(
        (rank, token) => calls.StreamAsync(
            candidates[rank],
            // A voice is one provider's; another speaks with its default for the language instead of refusing.
            stop => candidates[rank].Entry.Provider.Synthesizer!.SynthesizeAsync(
                request with { Model = candidates[rank].Model, Voice = candidates[rank].Entry == candidates[0].Entry ? request.Voice : null }, stop),
            call => call.Characters = request.Text.Length,
            static (call, block) =>
            {
                if (!block.IsEmpty)
                {
                    call.Began();
                }
            },
            token),
        static block => !block.IsEmpty,
        rank => chain.Patience(rank, candidates[rank].Entry.Settings, chain.Options.FirstAudio),
        mayBeEmpty: true, cancellationToken);
}
