namespace Voice.Gateway.Tokens;

/// <param name="Scopes">Fewer than the user has; all of them where none are named.</param>
internal sealed record TokenRequest(string? Device, IReadOnlyList<string>? Scopes);

/// <param name="Code">Of the second factor, or a recovery code; where the account has one.</param>
internal sealed record PasswordTokenRequest(string? Email, string? Password, string? Code, string? Device, IReadOnlyList<string>? Scopes);

internal sealed record RefreshRequest(string? RefreshToken);

internal sealed record TokenPair(string AccessToken, string TokenType, int ExpiresIn, string RefreshToken, string Scope, string SessionId);
