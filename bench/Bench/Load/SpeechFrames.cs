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

    /// <summary>Harmonics of 130 Hz, 20 up and down, with a formant that moves about 700, four syllables a second: what stands still is a tone.</summary>
    private static byte[] VoicePcm(int frame)
    {
        var samples = new short[FrameSamples];
        for (var i = 0; i < samples.Length; i++)
        {
            var t = (double)((frame * FrameSamples) + i) / SampleRate;
            var cycles = (130 * t) + (20 * (1 - Math.Cos(2 * Math.PI * 0.7 * t)) / (2 * Math.PI * 0.7));
            var formant = 700 + (200 * Math.Sin(2 * Math.PI * 1.7 * t));
            var sum = 0.0;
            for (var harmonic = 1; harmonic <= 20; harmonic++)
            {
                sum += Math.Sin(2 * Math.PI * harmonic * cycles) / (1 + (Math.Abs((130 * harmonic) - formant) / 400.0));
            }

            samples[i] = Pcm16.FromSingle((float)(3_000 * (0.2 + (0.8 * Math.Pow(Math.Sin(Math.PI * 4 * t), 2))) * sum));
        }

        return Pcm16.Bytes(samples).ToArray();
    }
}
