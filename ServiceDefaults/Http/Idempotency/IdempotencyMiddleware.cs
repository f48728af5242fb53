using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Npgsql;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.Http.Idempotency;

/// <summary>
/// Endpoints that say <see cref="IdempotencyExtensions.WithIdempotencyKey{TBuilder}"/>: a request that comes again with the same
/// <c>Idempotency-Key</c> gets the first one's answer and changes nothing. After authorization: a stored answer is for who may ask.
/// </summary>
internal sealed partial class IdempotencyMiddleware(RequestDelegate next, IdempotencyStore store, AnswerSeal seal, ILogger<IdempotencyMiddleware> logger)
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Answers of creates; what is larger is not one, and is let through without being kept.</summary>
    private const int MaxAnswer = 256 * 1024;

    // Nearly every request is none of its business, and is not waited for here.
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IdempotentMetadata>() is not null
        && context.Request.Headers[IdempotentRequest.Header] is { Count: > 0 } header && context.User.FindCaller() is { } caller
            ? OnceAsync(context, header, caller)
            : next(context);

    private async Task OnceAsync(HttpContext context, StringValues header, Caller caller)
    {
        if (header is not [var key] || !IdempotentRequest.IsKey(key))
        {
            await ApiError.WriteAsync(
                context, StatusCodes.Status400BadRequest, "invalid_idempotency_key", $"Idempotency-Key must be 1 to {IdempotentRequest.MaxKeyLength} visible ASCII characters.", IdempotentRequest.Header);
            return;
        }

        if (await IdempotentRequest.ReadAsync(context.Request, key!, caller, context.RequestAborted) is not { } request)
        {
            await ApiError.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "payload_too_large", "The body is larger than a request with an Idempotency-Key may have.");
            return;
        }

        var begin = await store.BeginAsync(request, context.RequestAborted);
        await (begin switch
        {
            { Attempt: { } attempt } => ExecuteAsync(context, request, attempt),
            { SameRequest: false } => ApiError.WriteAsync(
                context, StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key came with another request before. Use a new one for each thing you want done.",
                IdempotentRequest.Header),
            { Answer: { } answer } when seal.Open(answer, request) is { } stored => ReplayAsync(context, stored),
            { Answer: not null } => ApiError.WriteAsync(
                context, StatusCodes.Status409Conflict, "idempotency_answer_lost", "The request was executed, and its answer can no longer be read. Look whether what you wanted is there.",
                IdempotentRequest.Header),
            _ => InProgressAsync(context),
        });
    }

    private static Task InProgressAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return ApiError.WriteAsync(
            context, StatusCodes.Status409Conflict, "idempotency_in_progress", "The first request with this Idempotency-Key is still being worked on. Ask again in a moment.", IdempotentRequest.Header);
    }

    private static async Task ReplayAsync(HttpContext context, StoredAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.Headers[ReplayedHeader] = "true";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private async Task ExecuteAsync(HttpContext context, IdempotentRequest request, Guid attempt)
    {
        var (body, kept) = (context.Response.Body, false);
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
            if (context.Response.StatusCode is >= 200 and < 300 && buffer.Length <= MaxAnswer)
            {
                var headers = StoredAnswer.KeptHeaders.Where(context.Response.Headers.ContainsKey).ToDictionary(name => name, name => context.Response.Headers[name].ToString());
                var answer = seal.Seal(new StoredAnswer(context.Response.StatusCode, headers, buffer.ToArray()), request);
                // The client may be gone already; it is exactly who will ask again.
                await store.CompleteAsync(request, attempt, context.Response.StatusCode, answer, CancellationToken.None);
                kept = true;
            }
        }
        finally
        {
            context.Response.Body = body;
            if (!kept)
            {
                await ForgetAsync(request, attempt);
            }
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(body, context.RequestAborted);
    }

    private async Task ForgetAsync(IdempotentRequest request, Guid attempt)
    {
        try
        {
            await store.ForgetAsync(request, attempt, CancellationToken.None);
        }
        catch (NpgsqlException exception)
        {
            // The request's own failure is what the client must hear; the lease frees the key.
            Log.NotForgotten(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An idempotency key of a failed request stays taken until its lease ends.")]
        public static partial void NotForgotten(ILogger logger, Exception exception);
    }
}
