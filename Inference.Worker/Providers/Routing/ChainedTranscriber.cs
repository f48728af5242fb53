using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Providers.Routing;

/// <summary>Opens a stream with the first that takes it. A stream that breaks later is its client's to open again.</summary>
internal sealed class ChainedTranscriber(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain, ProviderCalls calls) : ILiveTranscriber
{
    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken) => await chain.RunAsync(
        (rank, token) => StartAsync(rank, options, token), 0, retry: true, cancellationToken);

    private async Task<ILiveTranscription> StartAsync(int rank, TranscriptionOptions options, CancellationToken cancellationToken)
    {
        var call = await calls.BeginAsync(candidates[rank], cancellationToken);
        try
        {
            call.SampleRate = options.SampleRate;
            var stream = await candidates[rank].Entry.Provider.LiveTranscriber!.StartAsync(options with { Model = candidates[rank].Model }, cancellationToken);
            call.Began();
            return new GuardedTranscription(stream, call, failure => chain.Failed(rank, failure));
        }
        catch (Exception failure)
        {
            var told = call.Failed(failure, cancellationToken);
            call.Dispose();
            if (told != failure)
            {
                throw told;
            }

            throw;
        }
    }
}
