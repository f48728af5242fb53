namespace Voice.Gateway.SignUp;

internal sealed record PendingSignUp(string Id, string Email, string PasswordHash, string OrganizationName, string Language, DateTime ExpiresAt);
