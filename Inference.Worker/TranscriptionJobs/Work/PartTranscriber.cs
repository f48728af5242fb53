using Voice.Core.Audio;
using Voice.Inference.Engines;
using Voice.Inference.Transcription;

namespace Voice.Inference.TranscriptionJobs.Work;

/// <summary>A part through whoever the job's model names, of the platform's providers and its organization's own.</summary>
internal sealed class PartTranscriber(EngineCatalog engines, FileTranscription transcription)
{
    /// <summary>Throws what <see cref="EngineErrorFilter"/> knows where nobody can do it.</summary>
    public async Task CheckAsync(string? model, string language, string organizationId, CancellationToken cancellationToken) =>
        await engines.FileTranscriberAsync(new EngineAsk(model, language, organizationId), cancellationToken);

    /// <param name="start">Of the part in the recording: times of segments and words are from the start of the whole.</param>
    public async Task<List<TranscribedSegment>> TranscribeAsync(JobRow job, WavAudio audio, double start, CancellationToken cancellationToken)
    {
        var route = await engines.FileTranscriberAsync(new EngineAsk(job.Model, job.Language, job.OrganizationId), cancellationToken);
        var segments = new List<TranscribedSegment>();
        await foreach (var segment in transcription.TranscribeAsync(route, audio, new FileTranscriptionOptions(null, job.Language, job.Prompt, job.WordTimes), cancellationToken))
        {
            segments.Add(segment with
            {
                Start = segment.Start + start,
                End = segment.End + start,
                Words = [.. segment.Words.Select(word => word with { Start = word.Start + start, End = word.End + start })],
            });
        }

        return segments;
    }
}
