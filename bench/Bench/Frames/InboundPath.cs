using Voice.Api.Realtime.Wire;
using Voice.Bench.Running;
using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Bench.Frames;

/// <summary>One session's inbound path, from the bytes of a message to the queue of the transcriber.</summary>
internal sealed class InboundPath : IAsyncDisposable
{
    private const int Batch = 500;
    private readonly CountingTranscriber _transcriber = new();
    private readonly UnusedProviders _unused = new();
    private readonly AudioAppend _append = new();
    private readonly Conversation _conversation;
    private readonly Task _events;
    private readonly TimeProvider _time;
    private int _stopped;

    public InboundPath(TimeProvider time)
    {
        _time = time;
        var agent = new AgentProfile("agent", "en", null, "Be brief.", string.Empty, null, null, null, null, []);
        var settings = new ConversationSettings { TurnDetection = new TurnDetection { CreateResponse = false } };
        _conversation = new Conversation(agent, settings, new ConversationProviders(_transcriber, _unused, _unused, _unused), time);
        _conversation.Start(greet: false);
        _events = CountAsync();
    }

    /// <summary>Of the whole process, so that the reader of the queue counts too.</summary>
    public long Allocated { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    public int Frames { get; private set; }

    public void Reset() => (Allocated, Elapsed, Frames) = (0, TimeSpan.Zero, 0);

    /// <summary>In batches that the queue holds, each measured, with a wait for its reader between.</summary>
    /// <param name="spoken">Every frame is part of an utterance.</param>
    public async Task SendAsync(byte[][] messages, bool spoken)
    {
        for (var first = 0; first < messages.Length; first += Batch)
        {
            var expected = _transcriber.Bytes + (Math.Min(Batch, messages.Length - first) * 640);
            Send(messages.AsSpan(first, Math.Min(Batch, messages.Length - first)));
            if (spoken)
            {
                await DrainedAsync(expected);
            }
        }
    }

    /// <summary>Until somebody speaks, unmeasured; the prefix padding makes how much is handed on uncertain.</summary>
    public async Task BeginSpeakingAsync(byte[][] messages)
    {
        Send(messages);
        var seen = -1L;
        while (seen != _transcriber.Bytes)
        {
            seen = _transcriber.Bytes;
            await PauseAsync();
        }

        if (seen == 0)
        {
            throw new BenchmarkException("The made voice was not taken for speech.");
        }

        Reset();
    }

    public async Task EndSpeakingAsync(byte[][] quiet)
    {
        var turns = Volatile.Read(ref _stopped);
        Send(quiet);
        for (var i = 0; Volatile.Read(ref _stopped) == turns; i++)
        {
            if (i > 1_000)
            {
                throw new BenchmarkException("The turn did not end.");
            }

            await PauseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _conversation.DisposeAsync();
        await _events;
        _unused.Dispose();
    }

    private void Send(ReadOnlySpan<byte[]> messages)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = _time.GetTimestamp();
        foreach (var message in messages)
        {
            if (_append.TryRead(message))
            {
                _conversation.AppendAudio(_append.Pcm);
            }
        }

        Elapsed += _time.GetElapsedTime(start);
        Allocated += GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Frames += messages.Length;
    }

    private async Task DrainedAsync(long expected)
    {
        for (var i = 0; _transcriber.Bytes < expected; i++)
        {
            if (i > 1_000)
            {
                throw new BenchmarkException($"Of {expected} bytes only {_transcriber.Bytes} came to the transcriber: the user was not heard all the time.");
            }

            await PauseAsync();
        }
    }

    private Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), _time);

    private async Task CountAsync()
    {
        await foreach (var item in _conversation.Events.ReadAllAsync(CancellationToken.None))
        {
            if (item is ConversationEvent.TranscriptCompleted)
            {
                Interlocked.Increment(ref _stopped);
            }
        }
    }
}
