using Voice.Core.Audio;

namespace Voice.Inference.Tests.Jobs;

/// <summary>Sentences with pauses between, each another: what a job splits.</summary>
internal static class LongRecording
{
    public static async Task<short[]> OfAsync(int sentences)
    {
        var sentence = await Spoken.ByFliteAsync("hello our clinic is open from eight to five", "slt");
        var samples = new List<short>();
        for (var i = 0; i < sentences; i++)
        {
            // Softer each time, so that no part is like another.
            samples.AddRange(sentence.Samples.Select(sample => (short)(sample * (1 - (0.02 * i)))));
            samples.AddRange(new short[12_800]);
        }

        return [.. samples];
    }

    public static byte[] Wav(short[] mono) => WavWriter.Write(Pcm16.Bytes(mono), 16_000);

    public static byte[] Stereo(short[] left, short[] right)
    {
        var interleaved = new short[2 * Math.Max(left.Length, right.Length)];
        for (var i = 0; i < interleaved.Length / 2; i++)
        {
            interleaved[2 * i] = i < left.Length ? left[i] : (short)0;
            interleaved[(2 * i) + 1] = i < right.Length ? right[i] : (short)0;
        }

        var file = new byte[WavWriter.HeaderLength + (interleaved.Length * 2)];
        WavWriter.WriteHeader(file, 16_000, 2, interleaved.Length * 2);
        Pcm16.Bytes(interleaved).CopyTo(file.AsSpan(WavWriter.HeaderLength));
        return file;
    }
}
