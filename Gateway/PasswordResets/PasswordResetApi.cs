using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Accounts;
using Voice.Gateway.Authentication;
using Voice.Gateway.Mail;
using Voice.Gateway.Passwords;
using Voice.Gateway.Sessions;
using Voice.Gateway.SignIn;
using Voice.Gateway.SignUp;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.PasswordResets;

internal static class PasswordResetApi
{
    private const int MaxBodyBytes = 16 * 1024;

    public static RouteGroupBuilder MapPasswordResetApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/auth/password").WithTags("Sign-in").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapPost("/forgot", ForgotAsync).WithName("ForgotPassword").WithSummary("Ask for a link to a new password")
            .WithDescription("Answers the same whether there is an account with the address or not.")
            .WithErrors("invalid_email", "too_many_sign_ins");
        group.MapPost("/reset", ResetAsync).WithName("ResetPassword").WithSummary("Choose a new password with the token from the mail")
            .WithDescription("Ends every sign-in of the account. Does not sign in: where there is a second factor, it is still asked for.")
            .WithErrors("invalid_link", "too_many_sign_ins", "sessions_unavailable").WithErrors(PasswordProblem.Codes);
        return group;
    }

    private static async Task<Results<Accepted<MailPromised>, ProblemHttpResult>> ForgotAsync(
        ForgotPasswordBody body, HttpContext context, [AsParameters] PasswordResetServices services, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryRead(body.Email, out var email))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_email", "That is no e-mail address.", "email");
        }

        if (await services.Throttle.RefuseRequestAsync(context, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await services.Resets.RequestAsync(email, Language.Of(null, context.Request), cancellationToken);
        return TypedResults.Accepted((string?)null, MailPromised.CheckMail);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ResetAsync(
        ResetPasswordBody body, HttpContext context, [AsParameters] PasswordResetServices services, CancellationToken cancellationToken)
    {
        if (body.Token is not { Length: > 0 and <= MailToken.MaxLength } token)
        {
            return TokenProblem.Result();
        }

        if (await services.Throttle.RefuseRequestAsync(context, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (await services.Resets.FindAsync(token, cancellationToken) is not { } user)
        {
            return TokenProblem.Result();
        }

        // The token is good for another try with a better password.
        if (PasswordPolicy.Check(body.Password ?? "", user.Email) is { } problem)
        {
            return problem.AsResult("password");
        }

        try
        {
            var hash = await services.Passwords.HashAsync(body.Password!, cancellationToken);
            return await services.Resets.ChangeAsync(user, token, hash, null, context, cancellationToken) is null ? TokenProblem.Result() : TypedResults.NoContent();
        }
        catch (SessionsUnavailableException)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }
    }
}
