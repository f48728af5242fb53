using System.Runtime.CompilerServices;

namespace Voice.Inference.Providers.Guards;

/// <summary>Asks a second time where the first is slower than it nearly ever is; who begins first goes on, the other is cancelled.</summary>
internal static class HedgedStream
{
    /// <param name="after">Null: the first alone.</param>
    /// <param name="hedged">Told once the second is asked.</param>
    public static async IAsyncEnumerable<T> RunAsync<T>(
        Func<CancellationToken, IAsyncEnumerable<T>> first, Func<CancellationToken, IAsyncEnumerable<T>> second, TimeSpan? after, TimeProvider time, Action hedged,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var one = new Attempt<T>(first, cancellationToken);
        Attempt<T>? two = null;
        try
        {
            if (after is { } delay && !await one.BeginsWithinAsync(delay, time, cancellationToken))
            {
                hedged();
                two = new Attempt<T>(second, cancellationToken);
            }

            var winner = two is null ? one : await FirstAsync(one, two);
            if (two is not null)
            {
                await (winner == one ? two : one).DisposeAsync();
            }

            for (var more = await winner.Begun; more; more = await winner.NextAsync())
            {
                yield return winner.Current;
            }
        }
        finally
        {
            if (two is not null)
            {
                await two.DisposeAsync();
            }
        }
    }

    /// <summary>The first that begins; a failure is waited out while the other may still do better, and is the first's where both fail.</summary>
    private static async Task<Attempt<T>> FirstAsync<T>(Attempt<T> one, Attempt<T> two)
    {
        var done = await Task.WhenAny(one.Begun, two.Begun) == one.Begun ? one : two;
        if (done.Begun.IsCompletedSuccessfully)
        {
            return done;
        }

        var other = done == one ? two : one;
        await ((Task)other.Begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return other.Begun.IsCompletedSuccessfully ? other : one;
    }

    private sealed class Attempt<T> : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop;
        private readonly IAsyncEnumerator<T> _items;
        private bool _disposed;

        public Attempt(Func<CancellationToken, IAsyncEnumerable<T>> open, CancellationToken cancellationToken)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _items = open(_stop.Token).GetAsyncEnumerator(_stop.Token);
            Begun = _items.MoveNextAsync().AsTask();
        }

        public Task<bool> Begun { get; }

        public T Current => _items.Current;

        public ValueTask<bool> NextAsync() => _items.MoveNextAsync();

        public async Task<bool> BeginsWithinAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Begun, Task.Delay(limit, time, stop.Token));
            await stop.CancelAsync();
            return Begun.IsCompleted || cancellationToken.IsCancellationRequested;
        }

        public async ValueTask DisposeAsync()
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            await _stop.CancelAsync();
            await ((Task)Begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _items.DisposeAsync();
            _stop.Dispose();
        }
    }
}
