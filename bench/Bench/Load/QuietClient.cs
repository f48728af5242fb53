namespace Voice.Bench.Load;

/// <summary>Sends the noise of a room, or nothing at all, and notes whether it became a session.</summary>
internal sealed class QuietClient(RawSocket socket, bool microphone) : LoadClient(socket)
{
    private int _frame;

    public bool Ready { get; private set; }

    public override ReadOnlySpan<byte> NextFrame(long now) => microphone ? SpeechFrames.Noise[_frame++ % SpeechFrames.Noise.Length] : [];

    protected override void OnMessage(ReadOnlySpan<byte> json, long now) => Ready |= json.StartsWith("{\"type\":\"session.created\""u8);
}
