using System.Globalization;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Processes;
using Voice.ServiceDefaults.Errors;

namespace Voice.Inference.Engines;

/// <summary>What an engine refuses or fails at, as the error that a client of OpenAI's API knows. Applies until a response has begun.</summary>
internal sealed class EngineErrorFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception failure) when (!context.HttpContext.Response.HasStarted && EngineFailure.From(failure) is { } known)
        {
            if (known.RetryAfter is { } retryAfter)
            {
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return ApiError.Result(known.Status, known.Code, known.Message, known.Param);
        }
    }
}
