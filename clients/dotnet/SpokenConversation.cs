using System.Text.Json.Nodes;

namespace Voice.Client;

/// <summary>
/// Holds a conversation with recorded speech as the microphone: 20 ms frames at real-time pace, then silence until every turn has been
/// answered and the answer would have been heard out. Two loops: one sends, one receives; the first to end stops the other.
/// </summary>
public sealed class SpokenConversation(RealtimeEndpoint endpoint, string? agent, ConversationOptions options, TimeProvider time)
{
    public const int SampleRate = 24_000;

    private const int FrameBytes = SampleRate * 2 * MicrophoneClock.FrameMs / 1000;
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(3);
    private static readonly byte[] Silence = new byte[FrameBytes];

    /// <summary>Called for every server event, on the receive loop: must not block.</summary>
    public Action<RealtimeEvent>? OnEvent { get; init; }

    /// <param name="speech">16-bit little-endian mono PCM at 24 kHz.</param>
    /// <exception cref="RealtimeException">The conversation could not be held to its end.</exception>
    public async Task<ConversationResult> RunAsync(ReadOnlyMemory<byte> speech, CancellationToken cancellationToken)
    {
        await using var link = await RealtimeLink.OpenAsync(endpoint, agent, options.Resume, time, cancellationToken);
        var state = new ConversationState(options, time);
        using var stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var caller = cancellationToken.Register(stop.Cancel);
        var configured = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiving = ReceiveAsync(link, state, configured, stop.Token);
        var sending = SendAsync(link, state, speech, configured.Task, stop.Token);

        await Task.WhenAny(receiving, sending);
        if (sending.IsCompletedSuccessfully)
        {
            await link.CloseOutputAsync(cancellationToken);
        }
        else if (receiving.IsCompleted)
        {
            await stop.CancelAsync();
        }

        // The peer's goodbye, or its reason for hanging up, still comes through the receive loop.
        stop.CancelAfter(GoodbyeLimit);
        await Task.WhenAll(receiving, sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        await ThrowIfCutShortAsync(receiving, sending);
        return state.ToResult();
    }

    private async Task ReceiveAsync(
        RealtimeLink link, ConversationState state, TaskCompletionSource configured, CancellationToken cancellationToken)
    {
        await foreach (var received in link.ReadAllAsync(cancellationToken))
        {
            var interruption = state.Apply(received);
            ThrowIfRefused(received, configured.Task.IsCompleted);
            OnEvent?.Invoke(received);
            switch (received.Type)
            {
                case "session.created":
                case "voiceaspire.resumed" when !configured.Task.IsCompleted:
                    await link.SendAsync(SessionUpdate(), cancellationToken);
                    break;
                case "session.updated":
                    configured.TrySetResult();
                    break;
            }

            if (interruption is not null)
            {
                await link.SendAsync(Truncate(interruption), cancellationToken);
            }
        }
    }

    /// <summary>An error before the session is configured means that there will be none; later ones are part of the conversation.</summary>
    private static void ThrowIfRefused(RealtimeEvent received, bool configured)
    {
        if (received.Type == "error" && !configured)
        {
            throw new RealtimeException(
                received.Text("error", "code") == "agent_not_found" ? RealtimeFailure.UnknownAgent : RealtimeFailure.Refused,
                received.Text("error", "message") ?? "The platform refused the session.");
        }
    }

    private async Task SendAsync(
        RealtimeLink link, ConversationState state, ReadOnlyMemory<byte> speech, Task configured, CancellationToken cancellationToken)
    {
        await ConfiguredAsync(configured, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(MicrophoneClock.FrameMs), time);
        var started = time.GetTimestamp();
        var frames = (speech.Length + FrameBytes - 1) / FrameBytes;
        // While nobody can be told, nothing is over: what was said last may not have been heard.
        while (link.Away || !state.IsOver())
        {
            await tick.WaitForNextTickAsync(cancellationToken);

            // A late tick is caught up with: the stream keeps the pace of the clock, as a sound card does.
            var due = (int)(time.GetElapsedTime(started).TotalMilliseconds / MicrophoneClock.FrameMs);
            for (var frame = state.FramesSent; frame < due; frame++)
            {
                // A microphone does not wait for a lost connection: what nobody took is not sent later.
                await link.AppendAudioAsync(Frame(speech, frame), cancellationToken);
                state.FrameSent();
                if (frame + 1 >= frames)
                {
                    state.FileEnded();
                }
            }
        }
    }

    private async Task ConfiguredAsync(Task configured, CancellationToken cancellationToken)
    {
        try
        {
            await configured.WaitAsync(options.Patience, time, cancellationToken);
        }
        catch (TimeoutException failure)
        {
            throw new RealtimeException(
                RealtimeFailure.TimedOut, $"The platform did not open the session within {options.Patience.TotalSeconds:0} s.", failure);
        }
    }

    private static ReadOnlyMemory<byte> Frame(ReadOnlyMemory<byte> speech, int index)
    {
        var start = (long)index * FrameBytes;
        if (start >= speech.Length)
        {
            return Silence;
        }

        var rest = speech[(int)start..];
        if (rest.Length >= FrameBytes)
        {
            return rest[..FrameBytes];
        }

        var last = new byte[FrameBytes];
        rest.CopyTo(last);
        return last;
    }

    private static async Task ThrowIfCutShortAsync(Task receiving, Task sending)
    {
        if (sending.IsCompletedSuccessfully)
        {
            return;
        }

        // What the server said before it hung up explains more than the send that failed because of it.
        if (receiving.IsFaulted)
        {
            await receiving;
        }

        if (sending.IsFaulted)
        {
            await sending;
        }

        throw new RealtimeException(RealtimeFailure.ConnectionLost, "The platform ended the conversation before it was over.");
    }

    private static JsonObject SessionUpdate() => new()
    {
        ["type"] = "session.update",
        ["session"] = new JsonObject
        {
            ["type"] = "realtime",
            ["output_modalities"] = new JsonArray("audio"),
            ["audio"] = new JsonObject
            {
                ["input"] = new JsonObject { ["format"] = Pcm() },
                ["output"] = new JsonObject { ["format"] = Pcm() },
            },
        },
    };

    private static JsonObject Pcm() => new() { ["type"] = "audio/pcm", ["rate"] = SampleRate };

    private static JsonObject Truncate(ReplyPlayer.Interruption interruption) => new()
    {
        ["type"] = "conversation.item.truncate",
        ["item_id"] = interruption.ItemId,
        ["content_index"] = 0,
        ["audio_end_ms"] = interruption.PlayedMs,
    };
}
