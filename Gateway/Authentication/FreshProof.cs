using System.Globalization;
using System.Security.Claims;

namespace Voice.Gateway.Authentication;

/// <summary>Whether the person behind a sign-in proved it lately: a cookie that was stolen, or a screen left alone, is not enough for everything.</summary>
internal sealed class FreshProof(TimeProvider time)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public bool IsFresh(ClaimsPrincipal user) =>
        long.TryParse(user.FindFirst(GatewayClaims.ProvenAt)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && time.GetUtcNow().ToUnixTimeMilliseconds() - at < Lasts.TotalMilliseconds;
}
