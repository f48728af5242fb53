namespace Voice.Offline.Servers;

internal static class Readiness
{
    /// <summary>Asks until the server answers; its own death or the deadline end the wait with what it said last.</summary>
    public static async Task WaitAsync(string name, ChildProcess process, TimeSpan limit, Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        try
        {
            while (!process.Exited.IsCompleted)
            {
                if (await isReady(either.Token))
                {
                    return;
                }

                await tick.WaitForNextTickAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ServerException($"{name} did not answer within {limit.TotalSeconds:0} s. It said last:{LastWords(process)}");
        }

        throw new ServerException($"{name} ended with exit code {await process.Exited} while starting. It said last:{LastWords(process)}");
    }

    private static string LastWords(ChildProcess process) =>
        process.Tail is { Count: > 0 } tail ? string.Concat(tail.TakeLast(10).Select(line => Environment.NewLine + "  " + line)) : " (nothing)";
}
