using System.Globalization;
using System.Text.Json;
using Dapper;
using Voice.Inference.Audio;
using Voice.Inference.TranscriptionJobs.Results;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.TranscriptionJobs.Work;

/// <summary>Split, transcribe a part, stitch: each in the transaction of its message, with the message that comes next.</summary>
internal sealed class JobSteps(JobAudio audio, PartTranscriber transcriber, JobEnding ending, ObjectStore objects, Outbox outbox, TimeProvider time)
{
    public Task DoAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken) => message.Step switch
    {
        TranscriptionWork.Split => SplitAsync(message, context, cancellationToken),
        TranscriptionWork.Transcribe => TranscribeAsync(message, context, cancellationToken),
        TranscriptionWork.Stitch => StitchAsync(message, context, cancellationToken),
        _ => throw new InvalidOperationException($"There is no step '{message.Step}'."),
    };

    /// <summary>Which part it was, for a job's error.</summary>
    public async Task<string> DescribeAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken)
    {
        var part = await FindPartAsync(message, context, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture, $"Part {part.Number} ({At(part.FirstSample)} to {At(part.FirstSample + part.Samples)}) could not be transcribed: ");
    }

    private async Task SplitAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken)
    {
        if (await FindAsync(message, context, cancellationToken) is not { State: JobStates.Queued } job)
        {
            return;
        }

        var split = await audio.SplitAsync(job, cancellationToken);
        var updated = await context.Connection.ExecuteAsync(new CommandDefinition(
            $"""
            with changed as (
                update inference.transcription_jobs
                set state = 'running', started_at = @now, channels = @channels, duration_seconds = @duration, parts_total = @total, has_audio = true
                where id = @JobId and state = 'queued' returning id)
            insert into inference.transcription_parts (job_id, number, channel, first_sample, samples)
            select changed.id, part.* from changed cross join unnest(@numbers, @at, @first, @samples) as part (number, channel, first_sample, samples)
            """,
            new
            {
                message.JobId, now = time.GetUtcNow(), channels = split.Channels, duration = split.Duration.TotalSeconds, total = split.Parts.Count,
                numbers = split.Parts.Select(part => part.Number).ToArray(), at = split.Parts.Select(part => part.Channel).ToArray(),
                first = split.Parts.Select(part => part.FirstSample).ToArray(), samples = split.Parts.Select(part => part.Samples).ToArray(),
            },
            context.Transaction, cancellationToken: cancellationToken));
        if (updated == 0 && split.Parts.Count > 0)
        {
            // Cancelled meanwhile: nobody else knows of what has been written.
            foreach (var name in await objects.ListAsync(BlobContainers.Jobs, job.Folder, cancellationToken))
            {
                await objects.DeleteAsync(BlobContainers.Jobs, name, cancellationToken);
            }

            return;
        }

        foreach (var part in split.Parts)
        {
            await outbox.AddAsync(
                context.Connection, context.Transaction, TranscriptionWork.Of(job.OrganizationId, job.Id, TranscriptionWork.Transcribe, part.Number), cancellationToken);
        }

        if (split.Parts.Count == 0)
        {
            await outbox.AddAsync(context.Connection, context.Transaction, TranscriptionWork.Of(job.OrganizationId, job.Id, TranscriptionWork.Stitch), cancellationToken);
        }

        await NotifyAsync(message, context, cancellationToken);
    }

    private async Task TranscribeAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken)
    {
        if (await FindAsync(message, context, cancellationToken) is not { State: JobStates.Running } job)
        {
            return;
        }

        var part = await FindPartAsync(message, context, cancellationToken);
        var start = (double)part.FirstSample / PcmStream.SampleRate;
        var segments = await transcriber.TranscribeAsync(job, await audio.ReadAsync(job, part, cancellationToken), start, cancellationToken);

        // The job's row first: it is held for the rest of this transaction, a few milliseconds, and parts that end together take turns.
        var counted = await context.Connection.QuerySingleOrDefaultAsync<(int Done, int Total)?>(new CommandDefinition(
            """
            update inference.transcription_jobs set parts_done = parts_done + 1, seconds_done = seconds_done + @seconds
            where id = @JobId and state = 'running' returning parts_done, parts_total
            """,
            new { message.JobId, seconds = (double)part.Samples / PcmStream.SampleRate }, context.Transaction, cancellationToken: cancellationToken));
        if (counted is not { } progress)
        {
            return;
        }

        await context.Connection.ExecuteAsync(new CommandDefinition(
            """
            update inference.transcription_parts set segments = @segments::jsonb, attempts = @Attempt, done_at = @now where job_id = @JobId and number = @Part
            """,
            new
            {
                message.JobId, message.Part, context.Attempt, now = time.GetUtcNow(),
                segments = JsonSerializer.Serialize(segments, TranscriptJson.Default.ListTranscribedSegment),
            },
            context.Transaction, cancellationToken: cancellationToken));
        if (progress.Done == progress.Total)
        {
            await outbox.AddAsync(context.Connection, context.Transaction, TranscriptionWork.Of(job.OrganizationId, job.Id, TranscriptionWork.Stitch), cancellationToken);
        }

        await NotifyAsync(message, context, cancellationToken);
    }

    private async Task StitchAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken)
    {
        if (await FindAsync(message, context, cancellationToken) is not { State: JobStates.Running } job)
        {
            return;
        }

        var parts = await context.Connection.QueryAsync<(int Channel, string Segments)>(new CommandDefinition(
            "select channel, segments::text from inference.transcription_parts where job_id = @JobId order by number", new { message.JobId }, context.Transaction,
            cancellationToken: cancellationToken));
        var segments = from part in parts
                       from segment in JsonSerializer.Deserialize(part.Segments, TranscriptJson.Default.ListTranscribedSegment)!
                       orderby segment.Start, part.Channel
                       select new TranscriptSegment(part.Channel, segment);
        var transcript = new Transcript(job.Language, job.DurationSeconds ?? 0, job.Channels, [.. segments]);
        await objects.WriteAsync(
            BlobContainers.Jobs, job.ResultBlob, JsonSerializer.SerializeToUtf8Bytes(transcript, TranscriptJson.Default.Transcript), "application/json", cancellationToken);
        await ending.EndAsync(context.Connection, context.Transaction, job.Id, job.OrganizationId, JobStates.Completed, null, cancellationToken);
    }

    private static Task<JobRow?> FindAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken) =>
        context.Connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            $"select {JobRow.Columns} from inference.transcription_jobs where id = @JobId", new { message.JobId }, context.Transaction, cancellationToken: cancellationToken));

    private static Task<PartRow> FindPartAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken) =>
        context.Connection.QuerySingleAsync<PartRow>(new CommandDefinition(
            "select number, channel, first_sample, samples from inference.transcription_parts where job_id = @JobId and number = @Part",
            new { message.JobId, message.Part }, context.Transaction, cancellationToken: cancellationToken));

    private static Task NotifyAsync(TranscriptionWork message, MessageContext context, CancellationToken cancellationToken) =>
        context.Connection.ExecuteAsync(new CommandDefinition(
            $"select pg_notify('{JobSignals.Channel}', @JobId)", new { message.JobId }, context.Transaction, cancellationToken: cancellationToken));

    private static string At(long sample) => TimeSpan.FromSeconds((double)sample / PcmStream.SampleRate).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
