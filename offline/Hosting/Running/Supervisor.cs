using Voice.Offline.Servers;

namespace Aspire.Hosting.Running;

/// <summary>Keeps one process of the model running: starts it after what it waits for, and again when it dies.</summary>
internal sealed class Supervisor(IRunnable runnable, IReadOnlyList<Supervisor> waitsFor, RestartPolicy policy, ConsoleOutput console, TimeProvider time)
{
    private const int LastLines = 12;

    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<long> _deaths = new();
    private string _lastAnswer = "";

    public event Action? Changed;

    public string Name => runnable.Name;

    public string? Url => runnable.Url;

    public IReadOnlyList<Supervisor> WaitsFor => waitsFor;

    public RunningProcess? Current { get; private set; }

    /// <summary>waiting, starting, healthy or down.</summary>
    public string State { get; private set; } = "waiting";

    /// <summary>Done when it was healthy for the first time.</summary>
    public Task Healthy => _healthy.Task;

    public string Describe() => State switch
    {
        "waiting" => $"{Name} (waits for {string.Join(", ", waitsFor.Where(other => !other.Healthy.IsCompleted).Select(other => other.Name))})",
        "starting" when _lastAnswer != "" => $"{Name} ({_lastAnswer})",
        _ => $"{Name} ({State})",
    };

    /// <summary>Until cancelled; ends with an exception when it cannot be started or dies too often.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(waitsFor.Select(other => other.Healthy)).WaitAsync(cancellationToken);
        while (true)
        {
            var end = await RunOnceAsync(cancellationToken);
            Become("down");
            _deaths.Enqueue(time.GetTimestamp());
            while (time.GetElapsedTime(_deaths.Peek()) > policy.Within)
            {
                _deaths.Dequeue();
            }

            var delay = policy.DelayAfter(_deaths.Count);
            var givesUp = _deaths.Count >= policy.Deaths;
            console.Write(Name, $"{end}{(givesUp ? "" : $" It is started again in {delay.TotalSeconds:0.#} s.")}{LastWords()}", colour: 31);
            if (givesUp)
            {
                throw new DistributedApplicationException($"{Name} died {policy.Deaths} times within {policy.Within.TotalSeconds:0} s.");
            }

            await Task.Delay(delay, time, cancellationToken);
        }
    }

    public async Task StopAsync(TimeSpan grace)
    {
        if (Current is { } process)
        {
            await process.Stop(grace);
        }
    }

    /// <summary>Says how it ended.</summary>
    private async Task<string> RunOnceAsync(CancellationToken cancellationToken)
    {
        Become("starting");
        var started = time.GetTimestamp();
        try
        {
            Current = await runnable.StartAsync(cancellationToken);
        }
        catch (ServerException e) when (Healthy.IsCompleted)
        {
            // It has run before, so it may run again. At first start the reason is the user's to remove, and the run ends.
            return e.Message;
        }

        Changed?.Invoke();
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var healthy = BecomeHealthyAsync(started, watch.Token);
        await Task.WhenAny(Current.Exited, healthy);
        if (!Current.Exited.IsCompleted)
        {
            await healthy;
        }

        var exitCode = await Current.Exited.WaitAsync(cancellationToken);
        await watch.CancelAsync();
        await healthy.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return $"{Name} died after {time.GetElapsedTime(started).TotalSeconds:0.0} s ({Reason(exitCode)}).";
    }

    private async Task BecomeHealthyAsync(long started, CancellationToken cancellationToken)
    {
        try
        {
            await runnable.WaitUntilHealthyAsync(answer => _lastAnswer = answer, cancellationToken).WaitAsync(policy.HealthyWithin, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new DistributedApplicationException($"{Name} is not healthy after {policy.HealthyWithin.TotalSeconds:0} s: {_lastAnswer}{LastWords()}");
        }

        console.Write(Name, $"healthy after {time.GetElapsedTime(started).TotalSeconds:0.0} s");
        Become("healthy");
        _healthy.TrySetResult();
    }

    private static string Reason(int exitCode) => exitCode > 128 ? $"signal {exitCode - 128}" : $"exit code {exitCode}";

    private string LastWords() => Current?.Tail() is { Count: > 0 } tail
        ? " It said last:" + string.Concat(tail.TakeLast(LastLines).Select(line => "\n  " + LogLine.Parse(line).Text.Replace("\n", "\n  ", StringComparison.Ordinal)))
        : " It said nothing.";

    private void Become(string state)
    {
        State = state;
        Changed?.Invoke();
    }
}
