using Microsoft.Extensions.Logging.Abstractions;
using Voice.ServiceDefaults.Threads;

namespace ServiceDefaults.Tests.Threads;

public sealed class ThreadReserveTests
{
    [Fact]
    public void Work_goes_on_while_more_threads_are_blocked_than_the_pool_would_add_in_time()
    {
        // The pool alone adds two a second; this many are more than the deadline allows.
        var blocked = Environment.ProcessorCount + 100;
        using var reserve = new ThreadReserve(NullLogger<ThreadReserve>.Instance);
        // Not disposed: in a test that fails they are still waited for.
        var free = new ManualResetEventSlim();
        var ran = new ManualResetEventSlim();
        var entered = new CountdownEvent(blocked);
        _ = reserve.StartAsync(CancellationToken.None);
        try
        {
            for (var count = 0; count < blocked; count++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ =>
                {
                    entered.Signal();
                    free.Wait();
                }, null);
            }

            ThreadPool.UnsafeQueueUserWorkItem(_ => ran.Set(), null);

            Assert.True(ran.Wait(TimeSpan.FromSeconds(30)), "Work waited for half a minute.");
            Assert.True(entered.Wait(TimeSpan.FromSeconds(30)));
        }
        finally
        {
            free.Set();
        }
    }
}
