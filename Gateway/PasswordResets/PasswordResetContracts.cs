namespace Voice.Gateway.PasswordResets;

internal sealed record ForgotPasswordBody(string? Email);

/// <param name="Token">From the mail.</param>
internal sealed record ResetPasswordBody(string? Token, string? Password);
