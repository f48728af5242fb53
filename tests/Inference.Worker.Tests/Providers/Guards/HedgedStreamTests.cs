using System.Runtime.CompilerServices;
using Voice.Core.Providers;
using Voice.Inference.Providers.Guards;

namespace Voice.Inference.Tests.Providers.Guards;

public sealed class HedgedStreamTests
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);

    private readonly ManualTimeProvider _time = new();
    private readonly Source _first = new("first");
    private readonly Source _second = new("second");
    private int _hedges;

    [Fact]
    public async Task A_second_is_asked_only_when_the_first_is_late_and_the_loser_is_cancelled()
    {
        var all = ReadAsync();
        Assert.Equal((1, 0), (_first.Asked, _second.Asked));
        _time.Advance(Late);
        await Deadline.Until(() => Task.FromResult(_second.Asked == 1));

        _second.Go.SetResult();
        Assert.Equal(["second 1", "second 2"], await all.OrTimeout());
        Assert.True(_first.Cancelled);
        Assert.Equal(1, _hedges);
    }

    [Fact]
    public async Task The_first_goes_on_where_it_begins_before_the_second()
    {
        var all = ReadAsync();
        _time.Advance(Late);
        await Deadline.Until(() => Task.FromResult(_second.Asked == 1));
        _first.Go.SetResult();
        Assert.Equal(["first 1", "first 2"], await all.OrTimeout());
        Assert.True(_second.Cancelled);
    }

    [Fact]
    public async Task In_time_nobody_else_is_asked()
    {
        _first.Go.SetResult();
        Assert.Equal(["first 1", "first 2"], await ReadAsync().OrTimeout());
        Assert.Equal((0, 0), (_second.Asked, _hedges));
    }

    [Fact]
    public async Task A_failure_waits_for_the_other_and_is_told_where_both_fail()
    {
        var all = ReadAsync();
        _time.Advance(Late);
        await Deadline.Until(() => Task.FromResult(_second.Asked == 1));
        _first.Go.SetException(new ProviderException("provider_failed", "first"));
        Assert.False(all.IsCompleted);
        _second.Go.SetException(new ProviderException("provider_failed", "second"));
        Assert.Equal("first", (await Assert.ThrowsAsync<ProviderException>(() => all.OrTimeout())).Message);
    }

    [Fact]
    public async Task Who_asked_and_left_leaves_nobody_at_work()
    {
        using var gone = new CancellationTokenSource();
        var all = ReadAsync(gone.Token);
        _time.Advance(Late);
        await Deadline.Until(() => Task.FromResult(_second.Asked == 1));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.OrTimeout());
        Assert.True(_first.Cancelled && _second.Cancelled);
    }

    private async Task<List<string>> ReadAsync(CancellationToken cancellationToken = default)
    {
        List<string> all = [];
        await foreach (var item in HedgedStream.RunAsync(_first.OpenAsync, _second.OpenAsync, Late, _time, () => _hedges++, cancellationToken))
        {
            all.Add(item);
        }

        return all;
    }

    private sealed class Source(string name)
    {
        private int _asked;

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Asked => Volatile.Read(ref _asked);

        public bool Cancelled { get; private set; }

        public async IAsyncEnumerable<string> OpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            try
            {
                await Go.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Cancelled = true;
                throw;
            }

            yield return $"{name} 1";
            yield return $"{name} 2";
        }
    }
}
