namespace Voice.Inference.TranscriptionJobs.Api;

/// <param name="State"><c>queued</c>, <c>running</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Progress">0 to 1, of the parts.</param>
/// <param name="Duration">Of the audio in seconds; null until it is read.</param>
internal sealed record JobView(
    string Id, string State, double Progress, JobParts Parts, JobSource Source, string? Model, string Language, bool WordTimestamps, bool DiarizeByChannel, string ResponseFormat,
    int? Channels, double? Duration, JobError? Error, JobUsage Usage, string? WebhookUrl, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    DateTimeOffset ExpiresAt)
{
    public static JobView From(JobRow job) => new(
        job.Id,
        job.State,
        job.State == JobStates.Completed ? 1 : job.PartsTotal is > 0 and var total ? Math.Round((double)job.PartsDone / total, 3) : 0,
        new JobParts(job.PartsDone, job.PartsTotal),
        new JobSource(job.UploadId, job.SessionId),
        job.Model,
        job.Language,
        job.WordTimes,
        job.ByChannel,
        job.ResponseFormat,
        job.Channels == 0 ? null : job.Channels,
        job.DurationSeconds is { } seconds ? Math.Round(seconds, 3) : null,
        job.ErrorCode is null ? null : new JobError(job.ErrorCode, job.ErrorMessage ?? ""),
        new JobUsage(Math.Round(job.SecondsDone, 3)),
        job.WebhookUrl,
        job.CreatedAt,
        job.StartedAt,
        job.EndedAt,
        job.ExpiresAt);
}

/// <param name="Total">Null until the audio is split.</param>
internal sealed record JobParts(int Done, int? Total);

/// <summary>One of the two.</summary>
internal sealed record JobSource(string? UploadId, string? SessionId);

internal sealed record JobError(string Code, string Message);

/// <param name="AudioSeconds">Transcribed so far, over all channels.</param>
internal sealed record JobUsage(double AudioSeconds);
