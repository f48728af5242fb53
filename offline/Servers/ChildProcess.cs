using System.Collections.Concurrent;
using System.Diagnostics;

namespace Voice.Offline.Servers;

/// <summary>
/// A child in a session of its own (Ctrl+C in the terminal does not reach it behind our back) that dies with this process even when
/// this process is killed.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int TailLines = 40;

    private static readonly Spawner Parent = new();

    private readonly Process _process;
    private readonly Action<string>? _onLine;
    private readonly Queue<string> _tail = new();
    private readonly Task _output;

    private ChildProcess(Process process, Action<string>? onLine)
    {
        _process = process;
        _onLine = onLine;
        Id = process.Id;
        _output = Task.WhenAll(DrainAsync(process.StandardOutput), DrainAsync(process.StandardError));
        Exited = WaitAsync();
    }

    /// <summary>Process id, and id of the process group and session.</summary>
    public int Id { get; }

    /// <summary>The exit code; 128 + n for a process ended by signal n.</summary>
    public Task<int> Exited { get; }

    /// <summary>The last lines that the process wrote.</summary>
    public IReadOnlyList<string> Tail
    {
        get
        {
            lock (_tail)
            {
                return [.. _tail];
            }
        }
    }

    public static async Task<ChildProcess> StartAsync(ChildProcessOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo
        {
            FileName = Executables.Require("setsid", "util-linux"),
            WorkingDirectory = options.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in CommandLine(options))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        var process = await Parent.StartAsync(start);
        process.StandardInput.Close();
        return new ChildProcess(process, options.OnLine);
    }

    /// <summary>Signals the process and everything it started that stayed in its group.</summary>
    public void Signal(UnixSignal signal)
    {
        if (!Exited.IsCompleted)
        {
            // Fails only when the group is gone already.
            ProcessSignal.Send(-Id, signal);
        }
    }

    /// <summary>Asks the process to end and, after <paramref name="grace"/>, ends it.</summary>
    public async Task StopAsync(UnixSignal signal, TimeSpan grace)
    {
        Signal(signal);
        try
        {
            await Exited.WaitAsync(grace, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Signal(UnixSignal.Kill);
            await Exited;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(UnixSignal.Kill, TimeSpan.Zero);
        _process.Dispose();
    }

    // Each of these execs the next, so the id stays ours. setsid makes the group; setpriv comes last because changing the user or the
    // namespace clears the death signal.
    private static IEnumerable<string> CommandLine(ChildProcessOptions options)
    {
        string[] space = options.OwnUserNamespace ? [Executables.Require("unshare", "util-linux"), "-U", "--map-user=1000", "--map-group=1000"] : [];
        string[] user = options.User is { } name ? ["--reuid=" + name, "--regid=" + name, "--clear-groups"] : [];
        return
        [
            .. space, Executables.Require("setpriv", "util-linux"), .. user, "--pdeathsig", Name(options.DeathSignal),
            options.FileName, .. options.Arguments,
        ];
    }

    private static string Name(UnixSignal signal) => signal switch
    {
        UnixSignal.Interrupt => "INT",
        UnixSignal.Quit => "QUIT",
        UnixSignal.Terminate => "TERM",
        _ => "KILL",
    };

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        // What it leaves behind in its group has lost its parent and may hold its ports and pipes.
        ProcessSignal.Send(-Id, UnixSignal.Kill);
        try
        {
            // A grandchild in another group may hold the pipes too; the last words of the process itself are there at once.
            await _output.WaitAsync(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Remember("(its output is still held open by a process that it started)");
        }

        return _process.ExitCode;
    }

    private async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Remember(line);
            _onLine?.Invoke(line);
        }
    }

    private void Remember(string line)
    {
        lock (_tail)
        {
            if (_tail.Count == TailLines)
            {
                _tail.Dequeue();
            }

            _tail.Enqueue(line);
        }
    }

    /// <summary>The kernel sends the death signal when the *thread* that forked ends, so all children come from one that never does.</summary>
    private sealed class Spawner
    {
        // Starting is quick; whoever wants to start a ninth process at once waits.
        private readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Done)> _requests = new(boundedCapacity: 8);

        public Spawner() => new Thread(Run) { IsBackground = true, Name = "process spawner" }.Start();

        public Task<Process> StartAsync(ProcessStartInfo start)
        {
            var done = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
            _requests.Add((start, done));
            return done.Task;
        }

        private void Run()
        {
            foreach (var (start, done) in _requests.GetConsumingEnumerable())
            {
                try
                {
                    done.SetResult(Process.Start(start)!);
                }
                catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
                {
                    done.SetException(new ServerException($"Cannot start {start.ArgumentList[^1]}: {e.Message}", e));
                }
            }
        }
    }
}
