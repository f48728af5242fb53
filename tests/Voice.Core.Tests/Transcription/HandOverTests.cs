using Voice.Core.Transcription;

namespace Voice.Core.Tests.Transcription;

public sealed class HandOverTests
{
    [Fact]
    public async Task A_call_before_the_wait_is_not_lost_and_counts_once()
    {
        var work = new HandOver();
        work.Call(here: true);
        work.Call(here: false);

        await work.WaitAsync();
        var second = work.WaitAsync().AsTask();
        Assert.False(second.IsCompleted);

        work.Call(here: false);
        await second.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Who_waits_goes_on_in_the_call_that_says_so() => WithoutContext(() =>
    {
        // The calls, too: what goes on in them waits again, in the context of the call.
        var work = new HandOver();
        var done = 0;
        var task = CountAsync();

        work.Call(here: true);
        Assert.Equal(1, done);
        work.Call(here: true);
        Assert.Equal(2, done);
        work.Call(here: true);

        Assert.True(task.IsCompletedSuccessfully);
        return task;

        async Task CountAsync()
        {
            while (done < 3)
            {
                await work.WaitAsync();
                done++;
            }
        }
    });

    [Fact]
    public async Task Who_calls_under_a_lock_runs_nobody_else()
    {
        var work = new HandOver();
        var caller = Environment.CurrentManagedThreadId;
        var calling = true;
        var ranInTheCall = false;
        var task = WithoutContext(async () =>
        {
            await work.WaitAsync();
            ranInTheCall = Environment.CurrentManagedThreadId == caller && Volatile.Read(ref calling);
        });

        work.Call(here: false);
        Volatile.Write(ref calling, false);
        await task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(ranInTheCall);
    }

    [Fact]
    public async Task Work_that_many_announce_is_all_done()
    {
        var work = new HandOver();
        var (announced, seen) = (0, 0);
        var worker = Task.Run(async () =>
        {
            while (seen < 40_000)
            {
                seen = Volatile.Read(ref announced);
                await (seen < 40_000 ? work.WaitAsync() : ValueTask.CompletedTask);
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                Interlocked.Increment(ref announced);
                work.Call(here: caller % 2 == 0);
            }
        })));

        await worker.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>As in the service, where there is none; a test has one.</summary>
    private static Task WithoutContext(Func<Task> action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
