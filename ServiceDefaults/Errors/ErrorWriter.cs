using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Voice.ServiceDefaults.Errors;

/// <summary>
/// The one place that gives an error its shape. Comes before the framework's writer, which leaves a client without a body when its
/// Accept header does not name JSON (curl's <c>*/*</c> is fine, an SDK's <c>audio/*</c> is not).
/// </summary>
internal sealed class ErrorWriter : IProblemDetailsWriter
{
    // Read by people as often as by programs, and never as HTML: quotes stay quotes.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly ErrorJson OpenAiJson = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public bool CanWrite(ProblemDetailsContext context) =>
        IsApi(context.HttpContext.Request.Path) || !AsksForHtml(context.HttpContext.Request);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        problem.Status ??= http.Response.StatusCode is >= 400 and var status ? status : StatusCodes.Status500InternalServerError;
        http.Response.StatusCode = problem.Status.Value;
        // The framework's own is a link to the status code's definition, on some errors and not on others.
        var code = problem.Extensions.TryGetValue(ApiError.CodeKey, out var coded) ? coded as string : null;
        problem.Type = code is null ? null : ErrorCatalog.TypeOf(code);
        problem.Title = ErrorCatalog.Find(code)?.Title ?? problem.Title ?? ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        http.Response.Headers.CacheControl = "no-store";

        if (IsOpenAi(http.Request.Path))
        {
            await http.Response.WriteAsJsonAsync(
                OpenAiErrorBody.From(problem), OpenAiJson.OpenAiErrorBody, "application/json", http.RequestAborted);
            return;
        }

        problem.Extensions["request_id"] = http.TraceIdentifier;
        if (Activity.Current is { } activity)
        {
            problem.Extensions["trace_id"] = activity.TraceId.ToHexString();
        }

        // The run-time type: a validation problem has its errors.
        await http.Response.WriteAsJsonAsync(problem, problem.GetType(), Json, "application/problem+json", http.RequestAborted);
    }

    internal static bool IsOpenAi(PathString path) => path.StartsWithSegments("/v1");

    private static bool IsApi(PathString path) => IsOpenAi(path) || path.StartsWithSegments("/api");

    private static bool AsksForHtml(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
