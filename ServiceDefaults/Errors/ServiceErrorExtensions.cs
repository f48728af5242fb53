using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Voice.ServiceDefaults.Errors;

internal static class ServiceErrorExtensions
{
    public static void AddServiceErrors(this IHostApplicationBuilder builder)
    {
        // Before AddProblemDetails: the first writer that can, writes.
        builder.Services.AddSingleton<IProblemDetailsWriter, ErrorWriter>();
        builder.Services.AddProblemDetails();

        // A body that does not parse is the client's fault and gets an error in our shape, in every environment.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.DictionaryKeyPolicy = null;
            // Numbers are numbers: one in quotes is a mistake, and the API document would call every number a string, too.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
    }

    public static void UseServiceErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : DatabaseOutage.Is(exception) ? 503 : 500,
            ExceptionHandler = WriteExceptionAsync,
            // A client's mistake is an answer, not an incident: it must not fill the log with stack traces.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(context => WriteStatusAsync(context.HttpContext));
        // A client's mistake is an answer like others, and keeps the headers that it has: the exception handler would take them away.
        app.Use(static async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
            {
                await WriteBadRequestAsync(context, bad);
            }
        });
    }

    private static Task WriteExceptionAsync(HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (failure is not null && DatabaseOutage.Is(failure))
        {
            context.Response.Headers.RetryAfter = "2";
            return ApiError.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "database_unavailable", "The database is away for the moment. Try again.");
        }

        return failure is BadHttpRequestException bad
            ? WriteBadRequestAsync(context, bad)
            : ApiError.WriteAsync(context, StatusCodes.Status500InternalServerError, "internal_error", "The request failed. The request id finds the reason in the log.");
    }

    private static Task WriteBadRequestAsync(HttpContext context, BadHttpRequestException bad)
    {
        if (bad.StatusCode == StatusCodes.Status415UnsupportedMediaType)
        {
            return ApiError.WriteAsync(context, bad.StatusCode, "unsupported_media_type", "This address does not take this content type.");
        }

        var detail = BadRequestDetail.Of(bad);
        var code = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "payload_too_large" : "invalid_request";
        return ApiError.WriteAsync(context, bad.StatusCode, code, detail.Message, detail.Param);
    }

    /// <summary>Statuses that arrive without a body, from routing, limits and authorization.</summary>
    private static Task WriteStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var (code, detail) = status switch
        {
            StatusCodes.Status404NotFound => ("not_found", "There is nothing at this address."),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", "This address does not take this method."),
            StatusCodes.Status413PayloadTooLarge => ("payload_too_large", "The body is larger than this address takes."),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported_media_type", "This address does not take this content type."),
            StatusCodes.Status429TooManyRequests => ("rate_limited", "Too many requests."),
            >= 500 => ("internal_error", ReasonPhrases.GetReasonPhrase(status)),
            _ => ("request_refused", ReasonPhrases.GetReasonPhrase(status)),
        };
        return ApiError.WriteAsync(context, status, code, detail);
    }
}
