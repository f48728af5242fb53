using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Voice.Inference.TranscriptionJobs.Results;
using Voice.Inference.TranscriptionJobs.Work;
using Voice.Inference.Uploads;
using Voice.Inference.Usage;
using Voice.Inference.Webhooks;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http.Outbound;
using Voice.ServiceDefaults.Identity;

namespace Voice.Inference.TranscriptionJobs.Api;

/// <summary>A request for a job, checked: what can be known to go wrong is refused now, not found by the job.</summary>
internal sealed class NewJob(
    UploadStore uploads, SessionRecordings recordings, PartTranscriber transcriber, WebhookStore webhooks, IOptions<TranscriptionJobOptions> options,
    IOptions<WebhookOptions> webhookOptions, TimeProvider time)
{
    private const int LongestPrompt = 32_768;

    /// <returns>The job and, where one was made up, the secret of its webhook; or why there is none.</returns>
    public async Task<(JobRow? Job, string? Secret, ProblemHttpResult? Refusal)> ReadAsync(JobRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        var refusal = CheckValues(request) ?? await CheckSourceAsync(request.Source, caller, cancellationToken);
        if (refusal is not null)
        {
            return (null, null, refusal);
        }

        await transcriber.CheckAsync(request.Model, request.Language ?? "en", caller.OrganizationId, cancellationToken);
        var (key, secret, wrong) = ReadWebhook(request.Webhook);
        if (wrong is not null)
        {
            return (null, null, wrong);
        }

        var (now, meter) = (time.GetUtcNow(), UsageMeter.Of(context));
        return (new JobRow
        {
            Id = Ids.New("job", time),
            OrganizationId = caller.OrganizationId,
            CreatedBy = caller.Subject,
            UploadId = request.Source!.UploadId,
            SessionId = request.Source.SessionId,
            Model = request.Model,
            Language = request.Language ?? "en",
            Prompt = request.Prompt,
            WordTimes = request.WordTimestamps ?? false,
            ByChannel = request.DiarizeByChannel ?? request.ResponseFormat == JobResult.Diarized,
            ResponseFormat = request.ResponseFormat ?? "json",
            WebhookUrl = request.Webhook?.Url,
            WebhookSecret = key is null ? null : webhooks.Seal(key),
            Metered = meter is not null,
            Reserved = meter?.Reserved ?? 0,
            CreatedAt = now,
            ExpiresAt = now + options.Value.KeptFor,
        }, secret, null);
    }

    private static ProblemHttpResult? CheckValues(JobRequest request) =>
        request.Source is null or { UploadId: null, SessionId: null } or { UploadId: not null, SessionId: not null }
            ? Refuse("Name what to transcribe: source.upload_id or source.session_id, one of them.", "source")
        // PostgreSQL has no text with a zero in it, and neither has anybody's speech.
        : Array.Exists([request.Source.UploadId, request.Source.SessionId, request.Model, request.Language, request.Prompt], text => text?.Contains('\0', StringComparison.Ordinal) is true)
            ? Refuse("A text holds a character that no text has (U+0000).", "source")
        : request.Language is { Length: 0 or > 35 } ? Refuse("language must be a language tag such as en.", "language")
        : request.Model is { Length: > 200 } ? Refuse("model is the name of a model.", "model")
        : request.Prompt is { Length: > LongestPrompt } ? Refuse($"prompt has at most {LongestPrompt} characters.", "prompt")
        : request.ResponseFormat is { } format && !JobResult.Formats.Contains(format) ? Refuse($"response_format must be one of {string.Join(", ", JobResult.Formats)}.", "response_format")
        : null;

    private async Task<ProblemHttpResult?> CheckSourceAsync(JobSourceRequest? source, Caller caller, CancellationToken cancellationToken)
    {
        if (source!.UploadId is { } uploadId)
        {
            return await uploads.FindAsync(caller.OrganizationId, uploadId, cancellationToken) is not { } upload
                ? ApiError.Result(StatusCodes.Status404NotFound, "upload_not_found", "There is no such upload; it may have expired.", "source.upload_id")
                : (await uploads.CompleteAsync(upload, cancellationToken)).CompletedAt is null
                    ? ApiError.Result(StatusCodes.Status409Conflict, "upload_incomplete", "The upload is not whole yet: send the rest of it first.", "source.upload_id")
                    : null;
        }

        if (!caller.Scopes.Contains(Scopes.SessionsRead))
        {
            return ApiError.Result(
                StatusCodes.Status403Forbidden, "insufficient_scope", $"Recordings of sessions take the scope '{Scopes.SessionsRead}' as well, which the credential does not have.");
        }

        if (!recordings.AreAvailable)
        {
            return ApiError.Result(StatusCodes.Status404NotFound, "session_not_found", "There are no sessions here.", "source.session_id");
        }

        return await recordings.FindProblemAsync(caller.OrganizationId, source.SessionId!, cancellationToken) switch
        {
            "recording_not_found" => ApiError.Result(StatusCodes.Status404NotFound, "recording_not_found", "The session has no recording.", "source.session_id"),
            { } => ApiError.Result(StatusCodes.Status404NotFound, "session_not_found", "There is no such session.", "source.session_id"),
            null => null,
        };
    }

    private (byte[]? Key, string? Secret, ProblemHttpResult? Refusal) ReadWebhook(JobWebhookRequest? webhook)
    {
        if (webhook is null)
        {
            return (null, null, null);
        }

        if (webhook.Url is not { Length: <= 2000 } url || !Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return (null, null, Refuse("webhook.url must be an address, https://… of at most 2000 characters.", "webhook.url"));
        }

        try
        {
            OutboundAddress.Check(address, webhookOptions.Value);
        }
        catch (OutboundRefusedException refused)
        {
            return (null, null, Refuse(refused.Message, "webhook.url"));
        }

        var made = webhook.Secret is null ? WebhookSecret.New() : null;
        return WebhookSecret.TryParse(webhook.Secret ?? made!, out var key)
            ? (key, made, null)
            : (null, null, Refuse("webhook.secret must be whsec_ and the base64 of 24 to 64 bytes.", "webhook.secret"));
    }

    private static ProblemHttpResult Refuse(string detail, string param) => ApiError.Result(StatusCodes.Status400BadRequest, "invalid_value", detail, param);
}
