namespace Voice.Gateway.Accounts;

/// <param name="PasswordHash">Null for who comes in by a provider alone.</param>
internal sealed record UserAccount(
    string Id, string Email, string? PasswordHash, string SecurityStamp, string Language, string? LastOrganizationId, bool HasSecondFactor, DateTime? DisabledAt);
