using System.Runtime.CompilerServices;
using Voice.Core.Audio;

namespace Voice.Inference.Audio;

/// <summary>
/// A file of whatever format as 16-bit samples at <see cref="SampleRate"/>, block by block as it is decoded: who reads slowly slows the decoder. Read once; disposing it
/// ends the decoder.
/// </summary>
internal sealed class PcmStream : IAsyncDisposable
{
    public const int SampleRate = 16_000;

    private const int BlockSamples = 8_192;

    private readonly WavStreamReader _wav;
    private readonly FfmpegInput? _ffmpeg;
    private readonly AudioBounds _bounds;
    private readonly StreamingResampler[] _resamplers;
    private readonly int _sourceChannels;
    private readonly string _name;
    private long _frames;

    /// <param name="ffmpeg">Whose output <paramref name="wav"/> is; null where it is the file itself.</param>
    /// <param name="mono">All channels as one.</param>
    public PcmStream(string name, WavStreamReader wav, FfmpegInput? ffmpeg, AudioBounds bounds, bool mono)
    {
        (_name, _wav, _ffmpeg, _bounds) = (name, wav, ffmpeg, bounds);
        _sourceChannels = wav.Header.Channels;
        Channels = mono ? 1 : _sourceChannels;
        _resamplers = [.. Enumerable.Range(0, Channels).Select(_ => new StreamingResampler(wav.Header.SampleRate, SampleRate))];
    }

    /// <summary>Of what is read: 1 where mono was asked for.</summary>
    public int Channels { get; }

    /// <summary>Of what has been read.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)_frames / _wav.Header.SampleRate);

    /// <summary>Interleaved; each block is the caller's to keep.</summary>
    /// <exception cref="AudioFormatException">Damaged, or longer than its bounds; what came before was right.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var raw = new short[BlockSamples / _sourceChannels * _sourceChannels];
        while (await ReadRawAsync(raw, cancellationToken) is > 0 and var read)
        {
            _frames += read / _sourceChannels;
            if (Duration > _bounds.Longest)
            {
                throw new AudioFormatException($"The audio is longer than {_bounds.Longest.TotalMinutes:0} min, which is the most that is read here.");
            }

            if (Convert(raw.AsSpan(0, read), last: false) is { IsEmpty: false } block)
            {
                yield return block;
            }
        }

        if (_ffmpeg is not null)
        {
            await _ffmpeg.EndAsync(_frames, Duration, cancellationToken);
        }

        if (Convert([], last: true) is { IsEmpty: false } rest)
        {
            yield return rest;
        }
    }

    public ValueTask DisposeAsync() => _ffmpeg?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask<int> ReadRawAsync(Memory<short> raw, CancellationToken cancellationToken)
    {
        try
        {
            return _ffmpeg is null ? await _wav.ReadAsync(raw, cancellationToken) : await _ffmpeg.WithinAsync(stop => _wav.ReadAsync(raw, stop), cancellationToken);
        }
        catch (WavFormatException failure) when (_ffmpeg is not null)
        {
            throw new AudioFormatException($"The {_name} file cannot be decoded.", failure);
        }
    }

    private ReadOnlyMemory<short> Convert(ReadOnlySpan<short> raw, bool last)
    {
        var frames = raw.Length / _sourceChannels;
        var output = default(short[]);
        var length = 0;
        var channel = new short[frames];
        var converted = new short[last ? _resamplers[0].MaxFlush : _resamplers[0].MaxOutput(frames)];
        for (var i = 0; i < Channels; i++)
        {
            for (var frame = 0; frame < frames; frame++)
            {
                channel[frame] = Channels == _sourceChannels ? raw[(frame * Channels) + i] : WavReader.Average(raw.Slice(frame * _sourceChannels, _sourceChannels));
            }

            // As many from each: they are at the same place of the same stream.
            length = last ? _resamplers[i].Flush(converted) : _resamplers[i].Process(channel, converted);
            output ??= new short[length * Channels];
            for (var frame = 0; frame < length; frame++)
            {
                output[(frame * Channels) + i] = converted[frame];
            }
        }

        return output.AsMemory(0, length * Channels);
    }
}
