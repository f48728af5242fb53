using Voice.Core.Audio;

namespace Voice.Inference.Audio;

/// <summary>
/// Files of every usual format to samples, as a stream: WAV by our own reader, which holds one block of it, everything else by ffmpeg in a
/// child process. The bytes decide what a file is, not its name.
/// </summary>
internal sealed class AudioDecoder(Ffmpeg ffmpeg, TimeProvider time)
{
    /// <param name="file">Read from where it stands, once, while the samples are read; the caller's to dispose, after them.</param>
    /// <param name="mono">All channels averaged into one; otherwise each for itself, at most <see cref="AudioBounds.MostChannels"/>.</param>
    /// <exception cref="AudioFormatException">No audio that is read here, or damaged from its start.</exception>
    /// <exception cref="WavFormatException">The same, of a WAV file.</exception>
    public async Task<PcmStream> OpenAsync(Stream file, bool mono, AudioBounds bounds, CancellationToken cancellationToken)
    {
        var source = new RereadStream(file);
        var start = new byte[AudioContainer.Looks];
        var length = await source.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        source.Rewind();
        var container = AudioContainer.Of(start.AsSpan(0, length))
            ?? throw new AudioFormatException($"The file is not audio in a format that is read here: it begins with none of their signatures. Accepted: {Accepted}.");
        return container == AudioContainer.Wav
            ? await OpenWavAsync(source, mono, bounds, cancellationToken)
            : await OpenOtherAsync(container, source, mono, bounds, cancellationToken);
    }

    private string Accepted => ffmpeg.IsInstalled ? AudioContainer.Accepted : "WAV";

    private async Task<PcmStream> OpenWavAsync(RereadStream source, bool mono, AudioBounds bounds, CancellationToken cancellationToken)
    {
        try
        {
            var wav = await WavStreamReader.OpenAsync(source, cancellationToken);
            if (StreamingResampler.Supports(wav.Header.SampleRate, PcmStream.SampleRate))
            {
                source.Forget();
                CheckChannels(wav.Header, mono);
                return new PcmStream("WAV", wav, null, bounds, mono);
            }

            if (!ffmpeg.IsInstalled)
            {
                throw new AudioFormatException($"A sample rate of {wav.Header.SampleRate} Hz is not supported.");
            }
        }
        catch (WavFormatException failure) when (failure.UnreadEncoding is not null && ffmpeg.IsInstalled)
        {
            // In order, but compressed in a way that ffmpeg may know.
        }

        source.Rewind();
        return await OpenOtherAsync(AudioContainer.Wav, source, mono, bounds, cancellationToken);
    }

    private async Task<PcmStream> OpenOtherAsync(AudioContainer container, RereadStream source, bool mono, AudioBounds bounds, CancellationToken cancellationToken)
    {
        if (!ffmpeg.IsInstalled)
        {
            throw new AudioFormatException($"This server cannot decode {container.Name} (ffmpeg is not installed); send WAV.");
        }

        source.Forget();
        var input = await StartAsync(container, source, bounds, cancellationToken);
        try
        {
            var wav = default(WavStreamReader);
            await input.WithinAsync(async stop => (wav = await OpenOutputAsync(input.Output, stop)) is null ? 0 : 1, cancellationToken);
            if (wav is null)
            {
                await input.EndAsync(0, TimeSpan.Zero, cancellationToken);
            }

            CheckChannels(wav!.Header, mono);
            return new PcmStream(container.Name, wav, input, bounds, mono);
        }
        catch
        {
            await input.DisposeAsync();
            throw;
        }
    }

    private async Task<FfmpegInput> StartAsync(AudioContainer container, Stream source, AudioBounds bounds, CancellationToken cancellationToken)
    {
        var kept = container.Seeks ? await FfmpegInput.KeepAsync(source, bounds.LargestFile, cancellationToken) : null;
        try
        {
            var path = kept is null ? "pipe:0" : FfmpegInput.PathOf(kept);
            var process = await ffmpeg.DecodeAsync(container, path, PcmStream.SampleRate, bounds.Longest, cancellationToken);
            return new FfmpegInput(container.Name, process, kept, kept is null ? source : null, ffmpeg.Stall, time);
        }
        catch
        {
            await (kept?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Null where it wrote nothing.</summary>
    private static async ValueTask<WavStreamReader?> OpenOutputAsync(Stream output, CancellationToken cancellationToken)
    {
        try
        {
            return await WavStreamReader.OpenAsync(output, cancellationToken);
        }
        catch (WavFormatException)
        {
            return null;
        }
    }

    private static void CheckChannels(WavHeader header, bool mono)
    {
        if (!mono && header.Channels > AudioBounds.MostChannels)
        {
            throw new AudioFormatException($"The file has {header.Channels} channels; at most {AudioBounds.MostChannels} are transcribed one by one.");
        }
    }
}
