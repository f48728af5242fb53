using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.SignIn;

internal static class SignInThrottleExtensions
{
    /// <summary>Counts a request that makes us work, or write mail, for somebody unknown.</summary>
    public static async Task<ProblemHttpResult?> RefuseRequestAsync(this SignInThrottle throttle, HttpContext context, CancellationToken cancellationToken) =>
        Refusal(context, await throttle.BeginRequestAsync(ClientAddress.Of(context), cancellationToken));

    /// <summary>Counts a try at something of one account that can be guessed.</summary>
    public static async Task<ProblemHttpResult?> RefuseCodeAsync(
        this SignInThrottle throttle, HttpContext context, string accountId, CancellationToken cancellationToken) =>
        Refusal(context, await throttle.BeginCodeAsync(accountId, cancellationToken));

    public static ProblemHttpResult? Refusal(HttpContext context, TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
        {
            return null;
        }

        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return ApiError.Result(StatusCodes.Status429TooManyRequests, "too_many_sign_ins", "Too many tries. Wait a while and try again.");
    }
}
