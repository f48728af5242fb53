using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Transcription.Live;

namespace Voice.Inference.Providers.Deepgram;

/// <summary>
/// <c>v2/listen</c>, which hears where turns end. Ours end at their commit all the same (<c>ForceEndTurn</c>): an utterance is the turns within it. A commit
/// in the silence after a turn may have no turn to end, so one whose audio was heard to its end with no words open is done.
/// </summary>
internal sealed class FluxTranscription(ProviderSocket socket, TimeSpan timeout, int sampleRate, TimeProvider time)
    : SocketTranscription(socket, DeepgramAccount.Who, timeout, sampleRate, time)
{
    private static readonly TimeSpan SettledWait = TimeSpan.FromSeconds(1);

    /// <summary>Its windows move in steps of 80 ms.</summary>
    private const double Tolerance = 0.1;

    private static readonly ReadOnlyMemory<byte> ForceEndTurn = """{"type":"ForceEndTurn"}"""u8.ToArray();

    private double _heardTo;
    private bool _wordsOpen;

    protected override ValueTask SendAudioAsync(LiveUtterance utterance, ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) =>
        SendAsync(pcm, binary: true, cancellationToken);

    protected override ValueTask SendEndAsync(LiveUtterance ended, CancellationToken cancellationToken) => SendAsync(ForceEndTurn, binary: false, cancellationToken);

    protected override void Receive(bool binary, ReadOnlyMemory<byte> message)
    {
        var heard = binary ? throw ProviderBody.Unreadable(Who) : DeepgramFrames.ParseLive(message.Span);
        if (heard.Type == "Error")
        {
            throw new ProviderException("provider_failed", $"{Who} failed while it listened.");
        }

        if (heard.Type != "TurnInfo")
        {
            return;
        }

        var (from, to) = (Measured.Seconds(heard.AudioWindowStart), Measured.Seconds(heard.AudioWindowEnd));
        var ends = heard.Event == "EndOfTurn";
        _heardTo = Math.Max(_heardTo, to);
        _wordsOpen = !ends && heard.Transcript is { Length: > 0 };
        if (At(from, to) is { } utterance)
        {
            if (ends)
            {
                var words = DeepgramFrames.Words(heard.Words, Seconds(utterance.Start));
                utterance.Add(heard.Transcript ?? "", words.Count == 0 ? null : words.Average(word => word.Confidence), words.Where(word => word.End > 0));
            }

            Partial(utterance, ends ? "" : heard.Transcript ?? "");
        }

        if (ends)
        {
            foreach (var waiting in Open.Where(open => to + Tolerance >= Seconds(open.End)))
            {
                waiting.Answer();
            }
        }
    }

    protected override void Watch()
    {
        foreach (var waiting in Open)
        {
            if (!_wordsOpen && _heardTo + Tolerance >= Seconds(waiting.End) && Time.GetElapsedTime(waiting.EndedAt) > SettledWait)
            {
                waiting.Answer();
            }
        }
    }
}
