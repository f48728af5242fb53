using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Transcription.Live;

namespace Voice.Inference.Providers.Deepgram;

/// <summary>
/// <c>v1/listen</c>. A commit is <c>Finalize</c>; results are told apart by where their audio lies in the stream. Deepgram does not promise an answer to
/// <c>Finalize</c> where hardly any audio is left, so an utterance whose audio all came back final is done, and so is one after which nothing comes.
/// </summary>
internal sealed class DeepgramTranscription(ProviderSocket socket, TimeSpan timeout, int sampleRate, TimeProvider time)
    : SocketTranscription(socket, DeepgramAccount.Who, timeout, sampleRate, time)
{
    private static readonly TimeSpan KeepAliveAfter = TimeSpan.FromSeconds(4);

    /// <summary>An answer to <c>Finalize</c> takes a few hundred milliseconds.</summary>
    private static readonly TimeSpan FinalizeWait = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan SettledWait = TimeSpan.FromSeconds(1);

    /// <summary>Seconds of audio that it may not answer for.</summary>
    private const double HardlyAny = 0.3;

    /// <summary>Times of results are rounded.</summary>
    private const double Tolerance = 0.03;

    private static readonly ReadOnlyMemory<byte> Finalize = """{"type":"Finalize"}"""u8.ToArray();
    private static readonly ReadOnlyMemory<byte> KeepAlive = """{"type":"KeepAlive"}"""u8.ToArray();

    private long _keptAlive;
    private long _received;
    private double _finalTo;

    protected override ValueTask SendAudioAsync(LiveUtterance utterance, ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) =>
        SendAsync(pcm, binary: true, cancellationToken);

    protected override ValueTask SendEndAsync(LiveUtterance ended, CancellationToken cancellationToken) => SendAsync(Finalize, binary: false, cancellationToken);

    // It closes streams that were quiet for ten seconds.
    protected override async ValueTask KeepAliveAsync(CancellationToken cancellationToken)
    {
        if (Quiet > KeepAliveAfter && Time.GetElapsedTime(_keptAlive) > KeepAliveAfter)
        {
            _keptAlive = Time.GetTimestamp();
            await SendAsync(KeepAlive, binary: false, cancellationToken);
        }
    }

    protected override void Receive(bool binary, ReadOnlyMemory<byte> message)
    {
        _received = Time.GetTimestamp();
        if (binary)
        {
            throw ProviderBody.Unreadable(Who);
        }

        var heard = DeepgramFrames.ParseLive(message.Span);
        if (heard.Type == "Error")
        {
            throw new ProviderException("provider_failed", $"{Who} failed while it listened.");
        }

        if (heard.Type != "Results")
        {
            return;
        }

        var from = Measured.Seconds(heard.Start);
        var to = from + Measured.Seconds(heard.Duration);
        var utterance = At(from, to);
        if (utterance is not null && heard.Channel?.Alternatives is [{ } best, ..])
        {
            if (heard.IsFinal)
            {
                utterance.Add(best.Transcript ?? "", Measured.ConfidenceOrNone(best.Confidence), DeepgramFrames.Words(best.Words, Seconds(utterance.Start)));
            }

            Partial(utterance, heard.IsFinal ? "" : best.Transcript ?? "");
        }

        if (heard.IsFinal)
        {
            _finalTo = Math.Max(_finalTo, to);
            Settle(to, heard.FromFinalize);
        }
    }

    protected override void Watch()
    {
        foreach (var waiting in Open.Where(open => !open.Answered))
        {
            var since = Time.GetElapsedTime(waiting.EndedAt);
            var left = Seconds(waiting.End) - Math.Max(_finalTo, Seconds(waiting.Start));
            if ((left < HardlyAny && since > SettledWait)
                // Silent after it said something: one that works through a backlog is not done with what it has not come to.
                || (waiting.Text.Length > 0 && since > FinalizeWait && Time.GetElapsedTime(_received) > FinalizeWait))
            {
                waiting.Answer();
            }
        }
    }

    protected override ProviderException Closed() => Socket.CloseStatus switch
    {
        // DATA-0000
        System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation => new("provider_rejected", $"{Who} could not decode the audio."),
        _ => base.Closed(),
    };

    /// <summary>All that ended by then has been heard whole.</summary>
    private void Settle(double to, bool finalized)
    {
        var first = true;
        foreach (var waiting in Open)
        {
            var end = Seconds(waiting.End);
            // An answer to Finalize is about the first that waits for one, as long as it got that far at all.
            if (to + Tolerance >= end || (finalized && first && to > Seconds(waiting.Start)))
            {
                waiting.Answer();
            }

            first &= waiting.Answered;
        }
    }
}
