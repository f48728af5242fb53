using System.Buffers;
using Voice.Core.Audio;

namespace Voice.Inference.Audio;

/// <summary>An uploaded file, small enough to be held whole, to samples at <see cref="PcmStream.SampleRate"/>.</summary>
internal sealed class AudioFileReader(AudioDecoder decoder)
{
    /// <summary>Over all channels that are kept apart.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public async Task<WavAudio> ReadAsync(Stream file, long length, CancellationToken cancellationToken) =>
        (await ReadChannelsAsync(file, length, mono: true, cancellationToken))[0];

    /// <summary>Each channel for itself; one where <paramref name="mono"/>.</summary>
    public async Task<IReadOnlyList<WavAudio>> ReadChannelsAsync(Stream file, long length, bool mono, CancellationToken cancellationToken)
    {
        await using var pcm = await decoder.OpenAsync(file, mono, new AudioBounds(Longest, length), cancellationToken);
        var interleaved = new ArrayBufferWriter<short>();
        await foreach (var block in pcm.ReadAsync(cancellationToken))
        {
            interleaved.Write(block.Span);
            if (pcm.Duration * pcm.Channels > Longest)
            {
                throw new AudioFormatException($"The audio is longer than {Longest.TotalMinutes:0} min over its {pcm.Channels} channels. Longer recordings are transcribed as jobs.");
            }
        }

        return pcm.Channels == 1
            ? [new WavAudio(interleaved.WrittenSpan.ToArray(), PcmStream.SampleRate)]
            : [.. Enumerable.Range(0, pcm.Channels).Select(channel => new WavAudio(Channel(interleaved.WrittenSpan, channel, pcm.Channels), PcmStream.SampleRate))];
    }

    private static short[] Channel(ReadOnlySpan<short> interleaved, int channel, int channels)
    {
        var samples = new short[interleaved.Length / channels];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = interleaved[(i * channels) + channel];
        }

        return samples;
    }
}
