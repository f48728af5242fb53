using System.Collections.Concurrent;
using Voice.Bench.Running;

namespace Voice.Bench.Load;

/// <summary>
/// One thread that is all the users: it sends every frame when it is due, and hears every answer when it comes. It measures how late it
/// was itself; figures of a loop that could not keep up say nothing about the server.
/// </summary>
internal sealed class LoadLoop : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _time;
    private readonly long _period;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly PriorityQueue<LoadClient, long> _due = new();
    private readonly List<LoadClient> _clients = [];
    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private readonly LatencyRecord _lateness = new();
    private readonly Thread _thread;
    private volatile bool _stop;
    private Exception? _failure;

    public LoadLoop(TimeProvider time)
    {
        _time = time;
        _period = time.TimestampFrequency / 50;
        _thread = new Thread(Run) { Name = "load", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>On the loop's thread, between two frames.</summary>
    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _commands.Enqueue(() => answer.TrySetResult(question()));
        using var giveUp = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        if (_failure is { } failure)
        {
            throw new BenchmarkException($"The load generator failed: {failure.Message}", failure);
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(10), _time, cancellationToken);
    }

    /// <summary>Its first frame is sent at a moment of its own, so that users do not speak in step.</summary>
    public Task AddAsync(LoadClient client, CancellationToken cancellationToken) => AskAsync(
        () =>
        {
            client.Socket.StopWaiting();
            _clients.Add(client);
            _epoll.Watch(client.Socket.Handle, _clients.Count - 1);
            // The first event may have come with the upgrade, and nothing after it.
            client.Receive(_buffer, _time);
            // The golden ratio spreads any number of clients evenly over the 20 ms.
            var phase = _clients.Count * 0.6180339887498949 % 1;
            client.Due = _time.GetTimestamp() + (long)(phase * _period);
            _due.Enqueue(client, client.Due);
            return true;
        },
        cancellationToken);

    /// <summary>How late frames were sent since this was asked last, in ms.</summary>
    public Task<LatencyRecord> TakeLatenessAsync(CancellationToken cancellationToken) => AskAsync(_lateness.Take, cancellationToken);

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _epoll.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stop)
            {
                Turn();
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    private void Turn()
    {
        Span<int> ready = stackalloc int[512];
        while (_commands.TryDequeue(out var command))
        {
            command();
        }

        var now = _time.GetTimestamp();
        while (_due.TryPeek(out var client, out var due) && due <= now)
        {
            _lateness.Add(_time.GetElapsedTime(due, now));
            client.Send(now);
            // From when it was due, not from now: a microphone does not slow down.
            client.Due = due + _period;
            _due.DequeueEnqueue(client, client.Due);
            now = _time.GetTimestamp();
        }

        var wait = _due.TryPeek(out _, out var next) ? _time.GetElapsedTime(now, next) : Longest;
        var count = _epoll.Wait(wait < Longest ? wait : Longest, ready);
        foreach (var index in ready[..count])
        {
            var client = _clients[index];
            client.Receive(_buffer, _time);
            if (client.Socket.Broken)
            {
                _epoll.Forget(client.Socket.Handle);
            }
        }
    }
}
