using System.Globalization;
using Microsoft.Extensions.Options;
using Voice.Gateway.Routing;
using Voice.Gateway.Security;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Usage;
using Yarp.ReverseProxy.Model;

namespace Voice.Gateway.Limits;

/// <summary>
/// Every request counts against its address, and its key or person and their organization where one is known; before authorization, so that guesses
/// at credentials count too. Requests that cost something reserve what they will use at most, as far as their length tells, and are refused when the month's quota is used up.
/// </summary>
internal sealed class RequestLimits(
    RequestDelegate next, RateLimiter limiter, LimitDirectory directory, SessionLeases leases, LimitMetrics metrics, IOptions<LimitOptions> options, TimeProvider time)
{
    public const string QuotaWarningHeader = "VoiceAspire-Quota-Warning";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!options.Value.Enabled || IsProbe(context.Request.Path))
        {
            await next(context);
            return;
        }

        var caller = context.User.FindCaller();
        var limits = caller is null ? OrganizationLimits.None : await directory.FindAsync(caller.OrganizationId, context.RequestAborted);
        var meter = context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?.GetValueOrDefault(ServiceRoute.MeterMetadata);
        var conversation = caller is not null && meter == UsageKinds.Sessions && WebSocketUpgrade.IsAsked(context);
        if (caller is not null && (conversation || IsMetered(context, meter)) && IsUsedUp(context, limits, meter!) is { } kind)
        {
            await RefuseQuotaAsync(context, kind);
            return;
        }

        var plan = directory.PlanFor(caller, limits, ClientAddress.Group(context));
        Bucket? reserved = null;
        if (caller is not null && !conversation && IsMetered(context, meter))
        {
            reserved = directory.MeteredBucket(meter!, caller.OrganizationId, limits, Estimate(context.Request, meter!));
            plan = reserved is null ? plan : plan.With([reserved]);
        }

        var admission = await limiter.AdmitAsync(plan);
        Describe(context.Response.Headers, plan, admission);
        if (!admission.Allowed)
        {
            await RefuseAsync(context, admission);
            return;
        }

        if (conversation)
        {
            await ConverseAsync(context, caller!, limits);
            return;
        }

        if (reserved is null)
        {
            await next(context);
            return;
        }

        await ReservedAsync(context, reserved);
    }

    private static bool IsProbe(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments("/alive");

    private static bool IsMetered(HttpContext context, string? meter) =>
        meter is not null && meter != UsageKinds.Sessions && HttpMethods.IsPost(context.Request.Method);

    /// <summary>An upper bound where there is one: characters are bytes at most, speech is rarely sent with less than 16 KB a second.</summary>
    private static long Estimate(HttpRequest request, string meter)
    {
        var length = request.ContentLength ?? 0;
        return Math.Max(1, meter switch
        {
            UsageKinds.Characters => length,
            UsageKinds.AudioSeconds => length / 16_000,
            _ => length / 4,
        });
    }

    private static void Describe(IHeaderDictionary headers, LimitPlan plan, Admission admission)
    {
        headers["RateLimit-Policy"] = plan.Policy;
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture, $"\"{admission.Bucket.Name}\";r={admission.Remaining};t={(long)Math.Ceiling(admission.Reset.TotalSeconds)}");
    }

    /// <summary>The kind whose quota is used up; warns in a header where one nearly is.</summary>
    private string? IsUsedUp(HttpContext context, OrganizationLimits limits, string meter)
    {
        string[] kinds = meter == UsageKinds.Sessions ? [.. UsageKinds.All] : [meter];
        foreach (var kind in kinds)
        {
            if (directory.QuotaOf(kind, limits) is not { } quota)
            {
                continue;
            }

            var used = limits.Used.GetValueOrDefault(kind);
            if (used >= quota)
            {
                return kind;
            }

            if (used >= quota * QuotaNotices.WarningShare)
            {
                context.Response.Headers.Append(
                    QuotaWarningHeader, string.Create(CultureInfo.InvariantCulture, $"{kind.Replace('_', '-')};q={quota};used={Math.Floor(used)}"));
            }
        }

        return null;
    }

    private async Task ReservedAsync(HttpContext context, Bucket reserved)
    {
        context.Features.Set(new UsageReservation(reserved.Cost));
        await next(context);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            // Nothing was used, and nobody will say so.
            await limiter.ChargeAsync([reserved with { Cost = -reserved.Cost }]);
        }
    }

    private async Task ConverseAsync(HttpContext context, Caller caller, OrganizationLimits limits)
    {
        var (lease, refusedBy) = await leases.AcquireAsync(directory.SessionLimits(caller, limits));
        if (lease is null)
        {
            metrics.Refused("sessions");
            context.Response.Headers.RetryAfter = "10";
            await ApiError.WriteAsync(
                context, StatusCodes.Status429TooManyRequests, "too_many_sessions",
                $"The {refusedBy!.Name} holds {refusedBy.Count} conversations at the same time, which is its limit. End one, or try again later.");
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            await leases.ReleaseAsync(lease);
        }
    }

    private Task RefuseAsync(HttpContext context, Admission admission)
    {
        metrics.Refused(admission.Bucket.Name);
        var seconds = Math.Max(1, (long)Math.Ceiling(admission.RetryAfter.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ApiError.WriteAsync(
            context, StatusCodes.Status429TooManyRequests, "rate_limit_exceeded",
            $"Too many requests: the limit of the {admission.Bucket.Name} is reached. Try again in {seconds} s.");
    }

    private Task RefuseQuotaAsync(HttpContext context, string kind)
    {
        metrics.Refused("quota");
        var now = time.GetUtcNow();
        var next = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling((next - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ApiError.WriteAsync(
            context, StatusCodes.Status429TooManyRequests, "insufficient_quota",
            $"This organization's quota of {kind.Replace('_', ' ')} for the month is used up. It begins anew on {next:yyyy-MM-dd}.");
    }
}
