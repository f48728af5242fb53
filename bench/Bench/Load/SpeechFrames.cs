using Voice.Core.Audio;

namespace Voice.Bench.Load;

/// <summary>
/// What a microphone hears, as ready frames of the wire: a voice made of numbers, so that the end of its last sample is known exactly, and
/// the faint noise of a room.
/// </summary>
internal static class SpeechFrames
{
    public const int SampleRate = 24_000;
    private const int FrameSamples = SampleRate / 50;
    private const int NoiseFrames = 50;

    /// <summary>A second of it, to be repeated.</summary>
    public static readonly byte[][] Noise = [.. Enumerable.Range(0, NoiseFrames).Select(seed => WebSocketFrame.Audio(NoisePcm(seed)))];

    /// <summary>Whole frames of voice; its last sample is the last of the last frame.</summary>
    public static byte[][] Voice(TimeSpan length) =>
        [.. Enumerable.Range(0, (int)(length.Ticks / TimeSpan.FromMilliseconds(20).Ticks)).Select(frame => WebSocketFrame.Audio(VoicePcm(frame)))];

    public static byte[][] Pause(TimeSpan length) =>
        [.. Enumerable.Range(0, (int)(length.Ticks / TimeSpan.FromMilliseconds(20).Ticks)).Select(frame => Noise[frame % NoiseFrames])];

    public static byte[] NoisePcm(int seed)
    {
        // About -70 dBFS; a fixed seed, so that every run hears the same.
        var random = new Random(seed);
        var samples = new short[FrameSamples];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)random.Next(-18, 19);
        }

        return Pcm16.Bytes(samples).ToArray();
    }

    /// <summary>Harmonics of 130 Hz with a formant at 700, four syllables a second.</summary>
    private static byte[] VoicePcm(int frame)
    {
        var samples = new short[FrameSamples];
        for (var i = 0; i < samples.Length; i++)
        {
            var t = (double)((frame * FrameSamples) + i) / SampleRate;
            var sum = 0.0;
            for (var harmonic = 1; harmonic <= 20; harmonic++)
            {
                sum += Math.Sin(2 * Math.PI * 130 * harmonic * t) / (1 + (Math.Abs((130 * harmonic) - 700) / 400.0));
            }

            samples[i] = Pcm16.FromSingle((float)(3_000 * (0.2 + (0.8 * Math.Pow(Math.Sin(Math.PI * 4 * t), 2))) * sum));
        }

        return Pcm16.Bytes(samples).ToArray();
    }
}
