using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Inference.Speech;

/// <summary>PCM at an engine's rate to PCM at <see cref="ISpeechSynthesizer.SampleRate"/>, across blocks. Not thread-safe.</summary>
internal sealed class RateConverter
{
    private StreamingResampler? _resampler;

    public ReadOnlyMemory<byte> Convert(ReadOnlySpan<byte> pcm, int sampleRate)
    {
        _resampler ??= new StreamingResampler(sampleRate, ISpeechSynthesizer.SampleRate);
        var samples = Pcm16.Samples(pcm);
        var output = new byte[_resampler.MaxOutput(samples.Length) * sizeof(short)];
        return output.AsMemory(0, _resampler.Process(samples, Pcm16.Samples(output.AsSpan())) * sizeof(short));
    }

    public ReadOnlyMemory<byte> Flush()
    {
        if (_resampler is null)
        {
            return default;
        }

        var output = new byte[_resampler.MaxFlush * sizeof(short)];
        return output.AsMemory(0, _resampler.Flush(Pcm16.Samples(output.AsSpan())) * sizeof(short));
    }
}
