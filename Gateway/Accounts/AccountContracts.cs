using Voice.Gateway.Organizations;

namespace Voice.Gateway.Accounts;

/// <param name="LacksSecondFactor">The organization that the sign-in is for demands one: until then nothing else is open.</param>
internal sealed record AccountView(
    string Id, string Email, string Language, SecondFactorView SecondFactor, bool LacksSecondFactor, IReadOnlyList<MembershipView> Organizations);

internal sealed record SecondFactorView(bool Enabled, DateTimeOffset? EnabledAt, int RecoveryCodesLeft);

internal sealed record MembershipView(string Id, string Name, string Role, bool Current)
{
    public static MembershipView Of(Membership membership, string current) =>
        new(membership.OrganizationId, membership.OrganizationName, membership.Role, membership.OrganizationId == current);
}

internal sealed record ChangeAccountBody(string? Language);

internal sealed record ChangePasswordBody(string? CurrentPassword, string? NewPassword);

/// <param name="QrSvg">The same address as a picture, for the camera of the authenticator app.</param>
internal sealed record SecondFactorSecret(string Secret, string OtpauthUri, string QrSvg);

internal sealed record SecondFactorCodeBody(string? Code);

/// <summary>Shown once; only their hashes are kept.</summary>
internal sealed record RecoveryCodeList(IReadOnlyList<string> RecoveryCodes);
