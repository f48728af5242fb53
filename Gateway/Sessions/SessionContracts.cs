namespace Voice.Gateway.Sessions;

internal sealed record SignInList(IReadOnlyList<SignInItem> Data);

/// <param name="Current">The one that asks.</param>
internal sealed record SignInItem(
    string Id, string Device, string Address, string Method, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, bool Current)
{
    public static SignInItem Of(SignInSession session, string? current) => new(
        session.Id, session.Device, session.Address, session.Method, session.StartedAt, session.SeenAt, session.EndsAt, session.Id == current);
}
