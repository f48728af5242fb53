namespace Voice.Gateway.Accounts;

internal sealed record UserAccount(
    string Id, string Email, string PasswordHash, string SecurityStamp, string Language, string? LastOrganizationId, bool HasSecondFactor, DateTime? DisabledAt);
