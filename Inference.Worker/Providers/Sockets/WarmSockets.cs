using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.Sockets;

/// <summary>
/// Connections to one service that wait for the next request instead of being made anew for it: few, and not for long, so that none is left where a
/// provider is forgotten. A request has one for itself; one that a request has left in the middle is cut.
/// </summary>
/// <param name="connect">A connection as the service's first request needs it.</param>
internal sealed class WarmSockets(Func<CancellationToken, Task<ProviderSocket>> connect, TimeProvider time)
{
    private const int MaxIdle = 2;

    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly List<(ProviderSocket Socket, ITimer Timer)> _idle = [];

    /// <summary>Asks, and hands on what is answered until the end.</summary>
    /// <param name="ask">Sends the request; true where the connection is new to the service.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> TalkAsync(
        Func<ProviderSocket, bool, ValueTask> ask,
        Func<ProviderSocket, IAsyncEnumerable<ReadOnlyMemory<byte>>> answer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var socket = Take();
        var isWarm = socket is not null;
        while (true)
        {
            socket ??= await connect(cancellationToken);
            var isDone = false;
            try
            {
                await using var blocks = AskAsync(socket).GetAsyncEnumerator(cancellationToken);
                while (await NextAsync(blocks, isWarm) is { } more)
                {
                    if (!more)
                    {
                        isDone = true;
                        break;
                    }

                    isWarm = false;
                    yield return blocks.Current;
                }
            }
            finally
            {
                if (!isDone)
                {
                    await socket.DisposeAsync();
                }
            }

            if (isDone)
            {
                await KeepAsync(socket);
                yield break;
            }

            (socket, isWarm) = (null, false);
        }

        async IAsyncEnumerable<ReadOnlyMemory<byte>> AskAsync(ProviderSocket to)
        {
            await ask(to, !isWarm);
            await foreach (var block in answer(to))
            {
                yield return block;
            }
        }
    }

    /// <summary>Null where a connection that had waited turns out to be gone: nothing was heard yet, so that another may be asked.</summary>
    private static async ValueTask<bool?> NextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> blocks, bool isWarm)
    {
        try
        {
            return await blocks.MoveNextAsync();
        }
        catch (ProviderException failure) when (isWarm && failure.Code == "provider_failed")
        {
            return null;
        }
    }

    private ProviderSocket? Take()
    {
        lock (_gate)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            var (socket, timer) = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            timer.Dispose();
            return socket;
        }
    }

    private async ValueTask KeepAsync(ProviderSocket socket)
    {
        lock (_gate)
        {
            if (_idle.Count < MaxIdle)
            {
                _idle.Add((socket, time.CreateTimer(_ => Drop(socket), null, Kept, Timeout.InfiniteTimeSpan)));
                return;
            }
        }

        await socket.CloseAsync();
        await socket.DisposeAsync();
    }

    private void Drop(ProviderSocket socket)
    {
        lock (_gate)
        {
            // Somebody may have taken it at this very moment.
            if (_idle.RemoveAll(idle => idle.Socket == socket) == 0)
            {
                return;
            }
        }

        socket.Abort();
    }
}
