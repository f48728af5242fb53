using Voice.Core.Providers;
using Voice.Core.Resilience;

namespace Voice.Inference.Providers.Routing;

/// <summary>Opens a stream with the first that takes it. A stream that breaks later is its client's to open again.</summary>
internal sealed class ChainedTranscriber(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain) : ILiveTranscriber
{
    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken) => await chain.RunAsync(
        async (rank, token) => await candidates[rank].Entry.Provider.LiveTranscriber!.StartAsync(options with { Model = candidates[rank].Model }, token),
        0, retry: true, cancellationToken);
}
