namespace Voice.Gateway.Accounts;

internal sealed record UserAccount(string Id, string OrganizationId, string Email, string PasswordHash, string Role, string SecurityStamp, DateTime? DisabledAt);
