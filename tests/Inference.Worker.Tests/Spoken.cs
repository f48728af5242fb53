using System.Collections.Concurrent;
using System.Diagnostics;
using Voice.Core.Audio;

namespace Voice.Inference.Tests;

/// <summary>Test speech, made by the engines that are installed for the tests.</summary>
internal static class Spoken
{
    private static readonly ConcurrentDictionary<(string, string), Lazy<Task<WavAudio>>> Made = new();

    /// <summary>16 kHz, by flite.</summary>
    public static Task<WavAudio> ByFliteAsync(string text, string voice = "rms") =>
        Made.GetOrAdd((voice, text), _ => new Lazy<Task<WavAudio>>(() => RunAsync("flite", "-voice", voice, "-t", text, "-o", "/dev/stdout"))).Value;

    public static byte[] Noise(double seconds, double amplitude = 800, int sampleRate = 16_000)
    {
        var random = new Random(1);
        var samples = new short[(int)(seconds * sampleRate)];
        foreach (ref var sample in samples.AsSpan())
        {
            sample = (short)((random.NextDouble() - 0.5) * 2 * amplitude);
        }

        return Pcm16.Bytes(samples).ToArray();
    }

    public static byte[] Silence(double seconds, int sampleRate = 16_000) => new byte[(int)(seconds * sampleRate) * 2];

    private static async Task<WavAudio> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} is not installed: run ./test.sh, which installs it.");
        using var wav = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(wav).OrTimeout();
        return WavReader.Read(wav.ToArray());
    }
}
