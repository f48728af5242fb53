using Voice.Core.Providers;

namespace Voice.Core.Resilience;

/// <summary>One provider's streamed answer under time limits, which run only while somebody waits for it. Not thread-safe.</summary>
internal sealed class ProviderStream<T> : IAsyncDisposable
{
    /// <summary>More than this before any output is a model that thinks aloud; it counts as begun.</summary>
    private const int MaxHeld = 64;

    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationToken _caller;
    private readonly IAsyncEnumerator<T> _items;
    private readonly TimeSpan _next;
    private List<T>? _held;

    public ProviderStream(Func<CancellationToken, IAsyncEnumerable<T>> open, ProviderResilience resilience, CancellationToken caller)
    {
        _caller = caller;
        _next = resilience.Options.NextPart;
        _stalled = new CancellationTokenSource(Timeout.InfiniteTimeSpan, resilience.Time);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(caller, _stalled.Token);
        _items = open(_ending.Token).GetAsyncEnumerator(_ending.Token);
    }

    /// <summary>What came until the first output, that included.</summary>
    public IReadOnlyList<T> Held => _held ?? (IReadOnlyList<T>)[];

    public T Current => _items.Current;

    public async Task BeginAsync(Func<T, bool> isOutput, TimeSpan limit, bool mayBeEmpty)
    {
        try
        {
            _stalled.CancelAfter(limit);
            while (await _items.MoveNextAsync())
            {
                (_held ??= []).Add(_items.Current);
                if (isOutput(_items.Current) || _held.Count >= MaxHeld)
                {
                    _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
                    return;
                }
            }

            if (!mayBeEmpty)
            {
                throw new ProviderException("provider_failed", "The provider's answer was empty.");
            }

            _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        }
        catch (Exception exception)
        {
            var stalled = IsStalled(exception);
            await DisposeAsync();
            throw stalled ? new ProviderStallException(limit) : exception;
        }
    }

    public async ValueTask<bool> NextAsync()
    {
        var moving = _items.MoveNextAsync();
        if (moving.IsCompletedSuccessfully)
        {
            return await moving;
        }

        try
        {
            _stalled.CancelAfter(_next);
            var more = await moving;
            _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
            return more;
        }
        catch (OperationCanceledException exception) when (IsStalled(exception))
        {
            throw new ProviderStallException(_next);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync();
        _ending.Dispose();
        _stalled.Dispose();
    }

    private bool IsStalled(Exception exception) => exception is OperationCanceledException && _stalled.IsCancellationRequested && !_caller.IsCancellationRequested;
}
