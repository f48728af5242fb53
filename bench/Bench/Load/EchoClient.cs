namespace Voice.Bench.Load;

/// <summary>Sends noise and times how long each frame takes to come back.</summary>
/// <param name="echo">What an echo begins with; empty where everything that comes is one.</param>
internal sealed class EchoClient(RawSocket socket, byte[] echo, TimeProvider time, LatencyRecord record) : LoadClient(socket)
{
    // Frames come back in order. Five seconds of them: more is not an echo any more.
    private readonly long[] _sent = new long[256];
    private int _frame;

    /// <summary>How many frames have come back.</summary>
    public int Returned { get; private set; }

    public int Sent => _frame;

    public override ReadOnlySpan<byte> NextFrame(long now)
    {
        _sent[_frame % _sent.Length] = now;
        return SpeechFrames.Noise[_frame++ % SpeechFrames.Noise.Length];
    }

    protected override void OnMessage(ReadOnlySpan<byte> json, long now)
    {
        if (json.StartsWith(echo))
        {
            record.Add(_frame - Returned > _sent.Length ? TimeSpan.FromSeconds(5) : time.GetElapsedTime(_sent[Returned % _sent.Length], now));
            Returned++;
        }
    }
}
