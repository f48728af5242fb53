namespace Voice.ServiceDefaults.Errors;

/// <summary>Sign-in, people, organizations, keys.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] Accounts =>
    [
        new("invalid_sign_in", 401, "E-mail or password is wrong", "Check both; whether an account exists is not told."),
        new("sessions_unavailable", 503, "Sign-ins cannot be checked", "Try again in a moment. API keys are not concerned."),
        new("sign_in_not_found", 404, "There is no such sign-in", "It may have ended already; GET /api/v1/auth/sessions lists yours."),
        new("too_many_sign_ins", 429, "Too many tries to sign in", "Wait for the time in Retry-After."),
        new("users_only", 403, "Only for people", "Sign in with an account; API keys cannot do this."),
    ];
}
