namespace Voice.Core.Audio;

/// <summary>First-order high-pass that takes a constant offset (cheap sound cards have one) out of a stream, in place. Not thread-safe.</summary>
public sealed class DcBlocker
{
    private readonly float _pole;
    private float _lastIn;
    private float _lastOut;
    private bool _started;

    /// <param name="cutoff">Hz; far below speech.</param>
    public DcBlocker(int sampleRate, float cutoff = 20f) => _pole = MathF.Exp(-2 * MathF.PI * cutoff / sampleRate);

    public void Process(Span<short> samples)
    {
        if (samples.IsEmpty)
        {
            return;
        }

        if (!_started)
        {
            // Begin at the first sample: a step from zero to the offset would sound as a click.
            _lastIn = samples[0];
            _started = true;
        }

        foreach (ref var sample in samples)
        {
            _lastOut = sample - _lastIn + (_pole * _lastOut);
            _lastIn = sample;
            sample = Pcm16.FromSingle(_lastOut);
        }
    }

    public void Reset() => (_lastIn, _lastOut, _started) = (0, 0, false);
}
