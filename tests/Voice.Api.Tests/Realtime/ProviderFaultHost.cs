using System.Collections.Concurrent;
using System.Net.WebSockets;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

/// <summary>A <see cref="RealtimeHost"/> that waits for its engines for seconds and not for half a minute.</summary>
public sealed class ProviderFaultHost : IAsyncLifetime
{
    private readonly ConcurrentQueue<WebSocket> _silent = new();
    private int _broken;

    public RealtimeHost Realtime { get; } = new()
    {
        Settings =
        [
            ("Providers:FirstText", "00:00:02"), ("Providers:FirstAudio", "00:00:02"), ("Providers:NextPart", "00:00:02"),
            ("Providers:FinalTranscript", "00:00:02"), ("Providers:RetryFor", "00:00:00"),
            // What one test breaks is whole again in the next.
            ("Providers:BreakerFailures", "1000"),
        ],
    };

    /// <summary>Transcription streams that are to fail under their first utterance, since the test began.</summary>
    public int BrokenStreams => _broken;

    public Task InitializeAsync() => Realtime.InitializeAsync();

    public Task DisposeAsync() => Realtime.DisposeAsync();

    public void Begin()
    {
        Realtime.Reset();
        Realtime.Speech = TimeSpan.FromMilliseconds(50);
        _silent.Clear();
        _broken = 0;
    }

    public void Broke() => Interlocked.Increment(ref _broken);

    /// <summary>A transcription that takes everything and answers nothing.</summary>
    public async Task KeepSilentAsync(WebSocket socket, CancellationToken stop)
    {
        _silent.Enqueue(socket);
        await socket.AgreeAsync(stop);
        try
        {
            while (true)
            {
                await socket.ReceiveJsonAsync(stop);
            }
        }
        catch (WebSocketException)
        {
            // Given up by the service, or by the test.
        }
    }

    public IEnumerable<WebSocket> TakeSilent()
    {
        while (_silent.TryDequeue(out var socket))
        {
            yield return socket;
        }
    }
}
