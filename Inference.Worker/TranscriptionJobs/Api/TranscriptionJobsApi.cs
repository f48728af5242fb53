using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Engines;
using Voice.Inference.TranscriptionJobs.Results;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.TranscriptionJobs.Api;

internal static class TranscriptionJobsApi
{
    public const string Path = "/api/v1/transcription-jobs";
    private const string List = "transcription-jobs";

    public static RouteGroupBuilder MapTranscriptionJobsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Transcription jobs").RequireScope(Scopes.SpeechUse).AddEndpointFilter<EngineErrorFilter>();
        group.MapPost("/", CreateAsync).WithIdempotencyKey().WithName("CreateTranscriptionJob").WithSummary("Transcribe a long recording")
            .WithDescription("Up to four hours, of an upload or of a session. The audio is split at its pauses and transcribed in parts, as many at a time as there are workers for.")
            .WithErrors("invalid_value", "upload_not_found", "upload_incomplete", "session_not_found", "recording_not_found", "model_not_found", "too_many_jobs")
            .WithRequestExample(JobExamples.Request)
            .WithResponseExample(JobExamples.Created, 201);
        group.MapGet("/", ListAsync).WithName("ListTranscriptionJobs").WithSummary("List transcription jobs")
            .WithDescription("Those of your organization, newest first. A job and its result are kept for 30 days.")
            .WithErrors("invalid_limit", "invalid_cursor")
            .WithResponseExample($$"""{"data":[{{JobExamples.Job}}],"next_cursor":null}""");
        group.MapGet("/{id}", GetAsync).WithName("GetTranscriptionJob").WithSummary("Read a transcription job")
            .WithDescription("Its state and how far it is.")
            .WithErrors("job_not_found")
            .WithResponseExample(JobExamples.Job);
        group.MapGet("/{id}/result", GetResultAsync).WithName("GetTranscriptionJobResult").WithSummary("Read the transcript")
            .WithDescription("Of a job that is completed, in the job's format or the one that is asked for.")
            .WithQuery("format", "The job's own unless given.", "string", [.. JobResult.Formats])
            .Produces(StatusCodes.Status200OK, contentType: "application/json", additionalContentTypes: ["text/plain", "text/vtt", "application/x-subrip"])
            .WithErrors("job_not_found", "job_not_completed", "invalid_value");
        group.MapGet("/{id}/events", WatchAsync).WithName("WatchTranscriptionJob").WithSummary("Watch a transcription job")
            .WithDescription("Server-sent events, each with the job as it is then, the first at once. The stream ends when the job is over.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .WithErrors("job_not_found");
        group.MapPost("/{id}/cancel", CancelAsync).WithIdempotencyKey().WithName("CancelTranscriptionJob").WithSummary("Cancel a transcription job")
            .WithDescription("Parts that are being transcribed are stopped. One that is over stays as it is.")
            .WithErrors("job_not_found")
            .WithResponseExample(JobExamples.Job);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteTranscriptionJob").WithSummary("Delete a transcription job")
            .WithDescription("With its result; cancelled first, where it is under way. The upload stays.")
            .WithErrors("job_not_found");
        return group;
    }

    private static async Task<Results<Created<JobCreated>, ProblemHttpResult>> CreateAsync(
        JobRequest request, NewJob reader, JobStore jobs, HttpContext context, CancellationToken cancellationToken)
    {
        var (job, secret, refusal) = await reader.ReadAsync(request, context, cancellationToken);
        if (job is null)
        {
            return refusal!;
        }

        return await jobs.AddAsync(job, cancellationToken)
            ? TypedResults.Created($"{Path}/{job.Id}", new JobCreated(job.Id, job.State, new JobSource(job.UploadId, job.SessionId), job.CreatedAt, job.ExpiresAt, secret))
            : ApiError.Result(StatusCodes.Status429TooManyRequests, "too_many_jobs", "Your organization has as many jobs under way as it may. Wait until one is over, or cancel one.");
    }

    private static async Task<Results<Ok<Page<JobView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, PageCursors cursors, JobStore jobs, HttpContext context, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, List, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await jobs.ListAsync(
            context.User.GetCaller().OrganizationId, after is null ? null : (PageCursors.Moment(after[0]), after[1]), page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(rows, JobView.From, last => cursors.Write(List, PageCursors.Moment(last.CreatedAt), last.Id)));
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> GetAsync(string id, JobStore jobs, HttpContext context, CancellationToken cancellationToken) =>
        await jobs.FindAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) is { } job ? TypedResults.Ok(JobView.From(job)) : NotFound();

    private static async Task<Results<JobResult, ProblemHttpResult>> GetResultAsync(
        string id, JobStore jobs, ObjectStore objects, HttpContext context, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) is not { } job)
        {
            return NotFound();
        }

        var format = context.Request.Query["format"] is [{ Length: > 0 } asked] ? asked : job.ResponseFormat;
        if (!JobResult.Formats.Contains(format))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_value", $"format must be one of {string.Join(", ", JobResult.Formats)}.", "format");
        }

        if (job.State != JobStates.Completed || await objects.OpenAsync(BlobContainers.Jobs, job.ResultBlob, cancellationToken) is not { } stored)
        {
            return ApiError.Result(StatusCodes.Status409Conflict, "job_not_completed", $"The job is {job.State}; only a completed one has a transcript.");
        }

        await using (stored.Stream)
        {
            var transcript = await JsonSerializer.DeserializeAsync(stored.Stream, TranscriptJson.Default.Transcript, cancellationToken);
            return new JobResult(transcript!, format, job.WordTimes);
        }
    }

    private static async Task<Results<ServerSentEventsResult<JobView>, ProblemHttpResult>> WatchAsync(
        string id, JobStore jobs, JobWatch watch, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        return await jobs.FindAsync(organization, id, cancellationToken) is not null
            ? TypedResults.ServerSentEvents(watch.ReadAsync(organization, id, cancellationToken))
            : NotFound();
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> CancelAsync(string id, JobStore jobs, HttpContext context, CancellationToken cancellationToken) =>
        await jobs.CancelAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) is { } job ? TypedResults.Ok(JobView.From(job)) : NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, JobStore jobs, HttpContext context, CancellationToken cancellationToken) =>
        await jobs.DeleteAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) ? TypedResults.NoContent() : NotFound();

    private static ProblemHttpResult NotFound() =>
        ApiError.Result(StatusCodes.Status404NotFound, "job_not_found", "There is no such transcription job; it may have expired.");
}
