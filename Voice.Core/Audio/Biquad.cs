namespace Voice.Core.Audio;

/// <summary>Second-order filter, transposed direct form II. Not thread-safe.</summary>
internal sealed class Biquad(float b0, float b1, float b2, float a1, float a2)
{
    private float _z1;
    private float _z2;

    /// <summary>Butterworth.</summary>
    public static Biquad HighPass(float cutoff, float sampleRate)
    {
        var omega = 2 * MathF.PI * cutoff / sampleRate;
        var cos = MathF.Cos(omega);
        var alpha = MathF.Sin(omega) / MathF.Sqrt(2);
        var a0 = 1 + alpha;
        var edge = (1 + cos) / 2 / a0;
        return new Biquad(edge, -2 * edge, edge, -2 * cos / a0, (1 - alpha) / a0);
    }

    public float Process(float input)
    {
        var output = (b0 * input) + _z1;
        _z1 = (b1 * input) - (a1 * output) + _z2;
        _z2 = (b2 * input) - (a2 * output);
        return output;
    }
}
