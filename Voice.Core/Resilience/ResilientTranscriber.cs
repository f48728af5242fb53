using Voice.Core.Providers;
using Voice.Core.Transcription;

namespace Voice.Core.Resilience;

/// <summary>
/// Opens each stream with the first model that takes it. A model whose streams broke twice without an answer, or that left an utterance
/// unanswered, is passed over the next time; after an answer the first model has its turn again. Asking again when none takes it, and
/// sending again what was not answered, is <see cref="TranscriptionLink"/>'s. One per session; its streams follow one another.
/// </summary>
internal sealed class ResilientTranscriber(ILiveTranscriber inner, ProviderChain chain) : ILiveTranscriber
{
    private const int PatientBreaks = 1;

    private int _from;
    private int _breaks;

    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        var limit = chain.Options.TranscriptionStart;
        return await chain.RunAsync(
            async (rank, token) => new WatchedTranscription(await OpenAsync(options with { Model = chain.Model(rank) }, limit, token), this, rank),
            _from, retry: false, cancellationToken);
    }

    internal ProviderChain Chain => chain;

    internal void Answered()
    {
        _breaks = 0;
        _from = 0;
    }

    /// <param name="unanswered">Somebody waited for this stream.</param>
    /// <param name="hopeless">The model had its chance with this utterance.</param>
    internal void Broke(int rank, bool unanswered, bool hopeless, Exception exception)
    {
        chain.Failed(rank, exception);
        if (hopeless || (unanswered && ++_breaks > PatientBreaks))
        {
            _breaks = 0;
            _from = (rank + 1) % chain.Count;
        }
    }

    private async Task<ILiveTranscription> OpenAsync(TranscriptionOptions options, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var stalled = new CancellationTokenSource(limit, chain.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stalled.Token);
        try
        {
            return await inner.StartAsync(options, ending.Token);
        }
        catch (OperationCanceledException) when (stalled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderStallException(limit);
        }
    }
}
