using System.Text;
using Voice.Core.Audio;

namespace Voice.Bench.Frames;

/// <summary>What a client would send: made of numbers, so that the figure does not hang on a recording.</summary>
internal static class MadeSound
{
    public const int Rate = 24_000;
    private const int FrameLength = Rate / 50;

    /// <summary>Four syllables a second of a voice that glides between 110 and 150 Hz, in a quiet room.</summary>
    public static byte[][] Speech(int frames)
    {
        var samples = new short[frames * FrameLength];
        var random = new Random(5);
        var phase = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            var t = (double)i / Rate;
            var pitch = 130 + (20 * Math.Sin(2 * Math.PI * 0.6 * t)) + (6 * Math.Sin(2 * Math.PI * 2.3 * t));
            phase += pitch / Rate;
            var syllable = 0.15 + (0.85 * Math.Pow(Math.Sin(Math.PI * 4 * t), 2));
            var formant = 600 + (250 * Math.Sin(2 * Math.PI * 1.7 * t));
            var sum = 0.0;
            for (var harmonic = 1; harmonic <= 24; harmonic++)
            {
                var off = (harmonic * pitch) - formant;
                sum += Math.Sin(2 * Math.PI * harmonic * phase) / (1 + Math.Abs(off) / 300);
            }

            samples[i] = Pcm16.FromSingle((float)((1_200 * syllable * sum) + (8 * random.NextDouble())));
        }

        return Messages(samples);
    }

    public static byte[][] Quiet(int frames)
    {
        var random = new Random(6);
        var samples = new short[frames * FrameLength];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)random.Next(-12, 13);
        }

        return Messages(samples);
    }

    private static byte[][] Messages(short[] samples) =>
    [
        .. samples.Chunk(FrameLength).Select(frame => Encoding.UTF8.GetBytes(
            $$"""{"type":"input_audio_buffer.append","audio":"{{Convert.ToBase64String(Pcm16.Bytes(frame))}}"}""")),
    ];
}
