using Voice.Gateway.Accounts;
using Voice.Gateway.Organizations;

namespace Voice.Gateway.SignIn;

internal sealed record SignInBody(string? Email, string? Password);

internal sealed record SecondFactorBody(string? Challenge, string? Code, string? RecoveryCode);

internal sealed record SwitchBody(string? OrganizationId);

internal sealed record ConfirmBody(string? Password, string? Code);

/// <summary><c>status</c> is <c>signed_in</c>.</summary>
internal sealed record SignedIn(string Status, string Id, string Email, string OrganizationId, string Role)
{
    public static SignedIn As(UserAccount user, Membership membership) =>
        new("signed_in", user.Id, user.Email, membership.OrganizationId, membership.Role);
}

/// <summary>The password was right; <c>status</c> is <c>second_factor_required</c>, and the challenge goes with the code.</summary>
internal sealed record SecondFactorNeeded(string Status, string Challenge, DateTimeOffset ExpiresAt);

internal sealed record Me(string Id, string Kind, string Name, string OrganizationId, string? Role, IReadOnlyList<string> Scopes);
