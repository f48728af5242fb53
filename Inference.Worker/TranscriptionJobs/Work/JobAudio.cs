using Microsoft.Extensions.Options;
using Voice.Core.Audio;
using Voice.Inference.Audio;
using Voice.Inference.Uploads;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.TranscriptionJobs.Work;

/// <summary>
/// The audio of a job: decoded as a stream into one blob of samples for each channel, split on the way, and read back in parts. What is held is a block of each
/// channel, however long the recording is.
/// </summary>
internal sealed class JobAudio(
    UploadStore uploads, SessionRecordings recordings, AudioDecoder decoder, ObjectStore objects, IOptions<TranscriptionJobOptions> options)
{
    private const string ContentType = "application/octet-stream";

    private readonly TranscriptionJobOptions _options = options.Value;

    /// <returns>The parts, in the order of their starts, and how long the recording is.</returns>
    public async Task<SplitAudio> SplitAsync(JobRow job, CancellationToken cancellationToken)
    {
        if (job.SessionId is { } sessionId)
        {
            using var response = await recordings.OpenAsync(job.OrganizationId, sessionId, cancellationToken);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await SplitAsync(job, stream, cancellationToken);
        }

        var upload = await uploads.FindAsync(job.OrganizationId, job.UploadId!, cancellationToken);
        if (upload is null || await uploads.OpenAsync(upload, cancellationToken) is not { } file)
        {
            throw new SourceGoneException("The upload is no longer there.");
        }

        await using (file.Stream)
        {
            return await SplitAsync(job, file.Stream, cancellationToken);
        }
    }

    public async Task<WavAudio> ReadAsync(JobRow job, PartRow part, CancellationToken cancellationToken)
    {
        var bytes = await objects.ReadAsync(BlobContainers.Jobs, job.AudioBlob(part.Channel), part.FirstSample * sizeof(short), part.Samples * sizeof(short), cancellationToken)
            ?? throw new SourceGoneException("The job's audio is no longer there.");
        return new WavAudio(Pcm16.Samples(bytes.AsSpan()).ToArray(), PcmStream.SampleRate);
    }

    private async Task<SplitAudio> SplitAsync(JobRow job, Stream file, CancellationToken cancellationToken)
    {
        await using var pcm = await decoder.OpenAsync(file, mono: !job.ByChannel, new AudioBounds(_options.LongestAudio, UploadOptions.MostBytes), cancellationToken);
        var writers = Enumerable.Range(0, pcm.Channels).Select(channel => objects.Create(BlobContainers.Jobs, job.AudioBlob(channel), ContentType)).ToList();
        try
        {
            var splitters = writers.ConvertAll(_ => new SilenceSplitter(_options.PartLength, _options.LongestPart));
            var parts = new List<PartRow>();
            await foreach (var block in pcm.ReadAsync(cancellationToken))
            {
                for (var channel = 0; channel < pcm.Channels; channel++)
                {
                    var samples = pcm.Channels == 1 ? block : Channel(block.Span, channel, pcm.Channels);
                    await writers[channel].WriteAsync(Pcm16.Bytes(samples.Span).ToArray(), cancellationToken);
                    parts.AddRange(splitters[channel].Add(samples).Select(part => new PartRow(0, channel, part.First, part.Samples)));
                }
            }

            for (var channel = 0; channel < pcm.Channels; channel++)
            {
                await writers[channel].CommitAsync(cancellationToken);
                if (splitters[channel].End() is { } last)
                {
                    parts.Add(new PartRow(0, channel, last.First, last.Samples));
                }
            }

            return new SplitAudio(
                pcm.Channels, pcm.Duration, [.. parts.OrderBy(part => part.FirstSample).ThenBy(part => part.Channel).Select((part, index) => part with { Number = index + 1 })]);
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }
    }

    private static ReadOnlyMemory<short> Channel(ReadOnlySpan<short> interleaved, int channel, int channels)
    {
        var samples = new short[interleaved.Length / channels];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = interleaved[(i * channels) + channel];
        }

        return samples;
    }
}
