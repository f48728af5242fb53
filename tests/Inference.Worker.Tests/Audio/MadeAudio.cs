using System.Diagnostics;
using Voice.Core.Audio;

namespace Voice.Inference.Tests.Audio;

/// <summary>Files that ffmpeg makes for a test: a tone for each channel, so that it can be told which is which.</summary>
internal static class MadeAudio
{
    public const double Seconds = 1.5;

    /// <summary>Hz of the tone in a channel.</summary>
    public static double Tone(int channel) => 300 + (200 * channel);

    /// <param name="arguments">ffmpeg's, of the output: codec, rate, container.</param>
    public static Task<byte[]> Async(int channels, int sampleRate, string arguments)
    {
        var samples = new short[(int)(Seconds * sampleRate) * channels];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(8_000 * Math.Sin(2 * Math.PI * Tone(i % channels) * (i / channels) / sampleRate));
        }

        return RunAsync(WavWriter.Write(samples, sampleRate, channels), $"-i pipe:0 {arguments}");
    }

    /// <summary>Runs ffmpeg on a file; <c>OUT</c> in the arguments is where it writes to.</summary>
    public static async Task<byte[]> RunAsync(byte[] input, string arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"voice-made-{Guid.NewGuid():n}");
        var start = new ProcessStartInfo("ffmpeg", $"-hide_banner -v error -y {arguments.Replace("OUT", path)}") { RedirectStandardInput = true };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg is not installed: run eng/install test.");
            await process.StandardInput.BaseStream.WriteAsync(input).AsTask().OrTimeout();
            process.StandardInput.Close();
            await process.WaitForExitAsync().OrTimeout();
            Assert.Equal(0, process.ExitCode);
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>How strong a tone is, by its correlation with the samples (Goertzel): 1 for a full-scale one.</summary>
    public static double Strength(ReadOnlySpan<short> samples, double tone)
    {
        var (real, imaginary) = (0.0, 0.0);
        for (var i = 0; i < samples.Length; i++)
        {
            var angle = 2 * Math.PI * tone * i / 16_000;
            real += samples[i] * Math.Cos(angle);
            imaginary += samples[i] * Math.Sin(angle);
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / samples.Length / 32_768;
    }
}
