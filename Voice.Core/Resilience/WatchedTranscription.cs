using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Resilience;

/// <summary>A stream whose utterances are answered within a limit, or which ends. Audio passes through untouched.</summary>
internal sealed class WatchedTranscription : ILiveTranscription
{
    private readonly ILiveTranscription _inner;
    private readonly ResilientTranscriber _owner;
    private readonly int _rank;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _stalled;
    private readonly Lock _gate = new();
    private int _unanswered;
    private volatile bool _heard;

    public WatchedTranscription(ILiveTranscription inner, ResilientTranscriber owner, int rank)
    {
        (_inner, _owner, _rank) = (inner, owner, rank);
        _limit = owner.Chain.Options.FinalTranscript;
        _stalled = new CancellationTokenSource(Timeout.InfiniteTimeSpan, owner.Chain.Time);
    }

    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        _heard = true;
        return _inner.AppendAsync(pcm, cancellationToken);
    }

    public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (++_unanswered == 1)
            {
                _stalled.CancelAfter(_limit);
            }
        }

        return _inner.CommitAsync(utteranceId, cancellationToken);
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        _heard = false;
        return _inner.ClearAsync(cancellationToken);
    }

    public async IAsyncEnumerable<TranscriptionEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stalled.Token);
        await using var events = _inner.ReadAllAsync(ending.Token).GetAsyncEnumerator(ending.Token);
        while (await NextAsync(events, cancellationToken))
        {
            if (events.Current is TranscriptionEvent.Failed failed && _rank + 1 < _owner.Chain.Count)
            {
                // Another model may understand it: this stream ends, and the link sends the utterance again.
                var failure = new ProviderException("provider_failed", failed.Reason);
                _owner.Broke(_rank, unanswered: true, hopeless: true, failure);
                throw failure;
            }

            if (events.Current is TranscriptionEvent.Final or TranscriptionEvent.Failed)
            {
                Answered();
            }

            yield return events.Current;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        _stalled.Dispose();
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<TranscriptionEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && ProviderFault.From(exception) is not null)
        {
            var stalled = exception is OperationCanceledException && _stalled.IsCancellationRequested;
            var failure = stalled ? new ProviderStallException(_limit) : exception;
            _owner.Broke(_rank, _heard || _unanswered > 0, stalled, failure);
            throw exception as ProviderException ?? new ProviderException("provider_unavailable", failure.Message, exception);
        }
    }

    private void Answered()
    {
        lock (_gate)
        {
            _unanswered--;
            _heard = false;
            _stalled.CancelAfter(_unanswered > 0 ? _limit : Timeout.InfiniteTimeSpan);
        }

        _owner.Answered();
    }
}
