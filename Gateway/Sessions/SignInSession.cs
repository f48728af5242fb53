namespace Voice.Gateway.Sessions;

/// <summary>One sign-in of one user on one device: what a cookie or a family of refresh tokens belongs to.</summary>
/// <param name="OrganizationId">The one that the user works in now; a user of several can switch.</param>
/// <param name="Device">What the browser or program calls itself; shown to the user, believed by nobody.</param>
/// <param name="Method">How the user proved who they are: <c>password</c>, <c>openid:…</c>.</param>
/// <param name="SeenAt">To the minute.</param>
/// <param name="EndsAt">However often it is used.</param>
/// <param name="ProvenAt">When the user last proved who they are: at the start, or since, for what asks again.</param>
internal sealed record SignInSession(
    string Id, string UserId, string OrganizationId, string Device, string Address, string Method,
    DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset EndsAt, DateTimeOffset ProvenAt);
