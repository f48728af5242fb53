using System.Collections.Concurrent;
using Voice.Core.Simulation;

namespace Voice.Core.Tests.Simulation;

public sealed class PunctualTimeTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task No_timer_fires_before_its_time()
    {
        using var time = new PunctualTime(TimeProvider.System);
        var early = new ConcurrentQueue<TimeSpan>();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var wait = TimeSpan.FromMilliseconds(number % 28);
            var started = time.GetTimestamp();
            await Task.Delay(wait, time);
            // A tick of the clock is lost in converting.
            if (time.GetElapsedTime(started) < wait - TimeSpan.FromMicroseconds(1))
            {
                early.Enqueue(wait);
            }
        })).WaitAsync(Deadline);

        Assert.Empty(early);
    }

    [Fact]
    public async Task A_timer_that_is_changed_fires_once_and_one_that_is_disposed_never()
    {
        using var time = new PunctualTime(TimeProvider.System);
        var (fired, disposed) = (0, 0);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var first = time.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        var second = time.CreateTimer(_ => Interlocked.Increment(ref disposed), null, TimeSpan.FromMilliseconds(40), Timeout.InfiniteTimeSpan);
        await second.DisposeAsync();
        first.Change(TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        first.Change(TimeSpan.FromMilliseconds(30), Timeout.InfiniteTimeSpan);

        // After all of them, by the same queue.
        await using var sentinel = time.CreateTimer(_ => last.SetResult(), null, TimeSpan.FromMilliseconds(60), Timeout.InfiniteTimeSpan);
        await last.Task.WaitAsync(Deadline);
        SpinWait.SpinUntil(() => Volatile.Read(ref fired) > 0, Deadline);

        Assert.Equal(1, fired);
        Assert.Equal(0, disposed);
    }

    [Fact]
    public async Task A_wait_can_be_given_up()
    {
        using var time = new PunctualTime(TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var waiting = Task.Delay(TimeSpan.FromHours(1), time, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Deadline));
    }
}
