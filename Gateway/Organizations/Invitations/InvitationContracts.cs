namespace Voice.Gateway.Organizations.Invitations;

internal sealed record InviteBody(string? Email, string? Role);

internal sealed record InvitationTokenBody(string? Token);

/// <param name="Password">For who has no account yet: the one of the new account.</param>
internal sealed record AcceptInvitationBody(string? Token, string? Password);

internal sealed record InvitationView(string Id, string Email, string Role, string Status, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>For whoever has the mail.</summary>
internal sealed record InvitationPreview(string OrganizationName, string Email, string Role, bool HasAccount, DateTimeOffset ExpiresAt);

internal sealed record InvitationRow(
    string Id, string OrganizationId, string OrganizationName, string Email, string Role, DateTime CreatedAt, DateTime ExpiresAt, DateTime? AcceptedAt, DateTime? RevokedAt)
{
    public InvitationView AsView(DateTimeOffset now) => new(
        Id, Email, Role, StatusAt(now), new DateTimeOffset(CreatedAt, TimeSpan.Zero), new DateTimeOffset(ExpiresAt, TimeSpan.Zero));

    private string StatusAt(DateTimeOffset now) =>
        AcceptedAt is not null ? "accepted" : RevokedAt is not null ? "revoked" : ExpiresAt <= now.UtcDateTime ? "expired" : "pending";
}
