using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Api.Realtime;

/// <summary>Reply audio at the rate the client asked for. Not thread-safe; the bytes it gives are good until the next call.</summary>
internal sealed class OutputAudio
{
    private StreamingResampler? _resampler;
    private short[] _samples = [];

    public ReadOnlySpan<byte> Convert(ReadOnlySpan<byte> pcm, int rate)
    {
        if (rate == ISpeechSynthesizer.SampleRate)
        {
            return pcm;
        }

        if (_resampler?.To != rate)
        {
            _resampler = new StreamingResampler(ISpeechSynthesizer.SampleRate, rate);
        }

        var input = Pcm16.Samples(pcm);
        Reserve(_resampler.MaxOutput(input.Length));
        return Pcm16.Bytes(_samples.AsSpan(0, _resampler.Process(input, _samples)));
    }

    /// <summary>The end of a message: what the filter still holds.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (_resampler is null)
        {
            return [];
        }

        Reserve(_resampler.MaxFlush);
        return Pcm16.Bytes(_samples.AsSpan(0, _resampler.Flush(_samples)));
    }

    private void Reserve(int length)
    {
        if (_samples.Length < length)
        {
            _samples = new short[length];
        }
    }
}
