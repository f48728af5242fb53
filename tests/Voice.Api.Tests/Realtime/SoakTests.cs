using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Voice.Api.Realtime;

namespace Voice.Api.Tests.Realtime;

/// <summary>People come, talk, and go in every way there is: what they had is gone with them. ./bench/run soak does it for minutes.</summary>
public sealed class SoakTests : IAsyncLifetime
{
    private const int People = 10;

    /// <summary>Threads of other tests that run at the same time; a thread per session would be more.</summary>
    private const int Tolerance = 20;

    private readonly RealtimeHost _host = new() { Settings = [("Realtime:ResumeLimit", "00:00:01")] };
    private readonly MeterListener _listener = new();
    private long _active;
    private long _started;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        var own = _host.Api.Services;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests' hosts have a meter of the same name.
            if (instrument is { Name: "voice_sessions_active", Meter.Name: RealtimeMetrics.MeterName } && instrument.Meter.Scope == own.GetService(typeof(IMeterFactory)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
        {
            Interlocked.Add(ref _active, change);
            Interlocked.Add(ref _started, Math.Max(0, change));
        });
        _listener.Start();
    }

    public Task DisposeAsync()
    {
        _listener.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_left_of_sessions_that_ended_however_they_ended()
    {
        await WaveAsync();
        var threads = Threads();

        await WaveAsync();
        await WaveAsync();

        Assert.Equal(3 * People, Interlocked.Read(ref _started));
        Assert.InRange(Threads(), 1, threads + Tolerance);
    }

    private async Task WaveAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, People).Select(TalkAsync));
        await Deadline.Until(() => Task.FromResult(Interlocked.Read(ref _active) == 0), TimeSpan.FromSeconds(60), "every session has ended");
        // The provider's end of each stream: nobody transcribes for people who have left.
        await Deadline.Until(
            () => Task.FromResult(_host.Transcriptions.All(socket => socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))),
            TimeSpan.FromSeconds(30), "every stream of the transcriber is closed");
    }

    private async Task TalkAsync(int person)
    {
        await using var client = await _host.BeginAsync();
        await client.SpeakAsync();
        if (person % 5 == 0)
        {
            // In the middle of speech, or of the reply.
            client.Socket.Abort();
            return;
        }

        await client.UntilAsync("voiceaspire.turn");
        if (person % 5 == 1)
        {
            await client.SpeakAsync(seconds: 1, silence: 0);
            client.Socket.Abort();
            return;
        }

        if (person % 5 == 2)
        {
            // A provider breaks under it, and the conversation goes on.
            foreach (var socket in _host.Transcriptions)
            {
                socket.Abort();
            }
        }

        await client.SpeakAsync();
        await client.UntilAsync("voiceaspire.turn");
        await client.CloseAsync();
    }

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
