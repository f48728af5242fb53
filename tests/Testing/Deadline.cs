using System.Runtime.CompilerServices;

namespace Voice.Testing;

/// <summary>Every await of I/O in a test has an end.</summary>
public static class Deadline
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);

    public static async Task OrTimeout(this Task task, TimeSpan? limit = null, [CallerArgumentExpression(nameof(task))] string? what = null)
    {
        try
        {
            await task.WaitAsync(limit ?? Default, TimeProvider.System);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Not done within {limit ?? Default}: {what}");
        }
    }

    public static async Task<T> OrTimeout<T>(this Task<T> task, TimeSpan? limit = null, [CallerArgumentExpression(nameof(task))] string? what = null)
    {
        await OrTimeout((Task)task, limit, what);
        return await task;
    }

    /// <summary>Asks again until the answer is yes; fails at the deadline.</summary>
    public static async Task Until(Func<Task<bool>> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > (limit ?? Default))
            {
                throw new TimeoutException($"Not so within {limit ?? Default}: {what}");
            }

            await tick.WaitForNextTickAsync();
        }
    }
}
