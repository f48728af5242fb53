namespace Voice.ServiceDefaults.Errors;

/// <summary>Sign-in, people, organizations, keys.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] Accounts =>
    [
        new("invalid_sign_in", 401, "E-mail or password is wrong", "Check both; whether an account exists is not told."),
        new("too_many_sign_ins", 429, "Too many tries to sign in", "Wait for the time in Retry-After."),
    ];
}
