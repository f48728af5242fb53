namespace Voice.Core.Audio;

/// <summary>Mono 16-bit audio, as read from a file.</summary>
public sealed record WavAudio(short[] Samples, int SampleRate)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);

    public WavAudio Resample(int sampleRate) => sampleRate == SampleRate ? this : new(StreamingResampler.Resample(Samples, SampleRate, sampleRate), sampleRate);

    /// <summary>16-bit little-endian PCM.</summary>
    public byte[] ToPcm() => Pcm16.Bytes(Samples).ToArray();
}
