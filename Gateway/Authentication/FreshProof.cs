using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Authentication;

/// <summary>Whether the person behind a sign-in proved it lately: a cookie that was stolen, or a screen left alone, is not enough for everything.</summary>
internal sealed class FreshProof(TimeProvider time)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public bool IsFresh(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirst(GatewayClaims.ProvenAt)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && time.GetUtcNow().ToUnixTimeMilliseconds() - at < Lasts.TotalMilliseconds;

    /// <summary>The answer to who has not proved it lately; null where the request may go on.</summary>
    public ProblemHttpResult? Refuse(ClaimsPrincipal user) => IsFresh(user) ? null : Refusal(user);

    /// <summary>The same for what keys may do too: nobody stands behind a key who could prove anything.</summary>
    public ProblemHttpResult? RefusePerson(ClaimsPrincipal user) => user.GetCaller().Kind == "user" ? Refuse(user) : null;

    public static ProblemHttpResult Refusal(ClaimsPrincipal user) => ApiError.Result(
        StatusCodes.Status403Forbidden,
        "confirmation_required",
        user.HasClaim(claim => claim.Type == GatewayClaims.ProvenAt)
            ? "Prove again who you are: POST /api/v1/auth/confirm, then repeat this."
            : "This takes a person who is signed in in a browser; an access token or a key is not enough.");
}
