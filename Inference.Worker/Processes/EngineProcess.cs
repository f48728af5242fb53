using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Voice.Inference.Processes;

/// <summary>
/// The worker's handle on one engine process. Sends are one at a time; frames arrive on a thread of their own, because reads of a child's
/// pipe block a thread on Linux and the thread pool is for work. A process that is disposed is killed: nothing it knows is kept.
/// </summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly StreamReader _error;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _header = new byte[EngineFrame.HeaderLength];
    private volatile Action<EngineFrame>? _handler;
    private volatile string _lastWords = "";
    private int _disposed;

    private EngineProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        _error = process.StandardError;
    }

    public int Id { get; }

    /// <summary>Completes when the process has closed its output, for whatever reason.</summary>
    public Task Ended => _ended.Task;

    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Starts this program as an engine and waits until it says that it is ready.</summary>
    public static async Task<EngineProcess> StartAsync(
        IReadOnlyList<string> arguments,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotnetHost())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(EngineProcess).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Restrict(start.Environment);
        var engine = new EngineProcess(Process.Start(start) ?? throw new InvalidOperationException("An engine process did not start."));
        engine.Listen();
        try
        {
            await Task.WhenAny(engine._ready.Task, engine.Ended).WaitAsync(timeout, time, cancellationToken);
            return engine._ready.Task.IsCompletedSuccessfully
                ? engine
                : throw new InvalidOperationException($"The engine '{arguments[0]}' ended before it was ready: {engine._lastWords}");
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where frames go from now on; called on the reading thread, the payload is valid during the call.</summary>
    public void OnFrame(Action<EngineFrame>? handler) => _handler = handler;

    /// <summary>Throws <see cref="IOException"/> where the process is gone.</summary>
    public async ValueTask SendAsync(EngineFrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        EngineFrame.WriteHeader(_header, kind, payload.Length);
        await _input.WriteAsync(_header, cancellationToken);
        if (!payload.IsEmpty)
        {
            await _input.WriteAsync(payload, cancellationToken);
        }

        await _input.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _handler = null;
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private void Listen()
    {
        new Thread(Read) { IsBackground = true, Name = $"engine {Id}" }.Start();
    }

    private void Read()
    {
        var pipe = new EnginePipe(_output, Stream.Null);
        try
        {
            while (pipe.TryRead(out var frame))
            {
                if (frame.Kind == EngineFrameKind.Ready)
                {
                    _ready.TrySetResult();
                }

                _handler?.Invoke(frame);
            }
        }
        catch (Exception failure)
        {
            // Of whatever kind: a frame that makes no sense costs its engine, an exception on this thread would end the worker.
            _lastWords = failure.Message;
        }
        finally
        {
            ReadLastWords();
            _ended.TrySetResult();
        }
    }

    /// <summary>Engines say nothing on standard error until they die of something, so it cannot fill before it is read.</summary>
    private void ReadLastWords()
    {
        try
        {
            _lastWords = _error.ReadLine() ?? _lastWords;
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The worker has given the process up already; an exception on this thread would end the worker.
            _lastWords = failure.Message;
        }
    }

    /// <summary>An engine sees no configuration of the worker, above all no key, and stays small.</summary>
    private static void Restrict(IDictionary<string, string?> environment)
    {
        environment.Clear();
        environment["LC_ALL"] = "C.UTF-8";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = "0x8000000";
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_EnableDiagnostics"] = "0";
    }

    /// <summary>The host of the runtime this process runs on: /usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.12/ -> /usr/share/dotnet/dotnet.</summary>
    private static string DotnetHost() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
