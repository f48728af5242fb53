using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Accounts;
using Voice.Gateway.Authentication;
using Voice.Gateway.Mail;
using Voice.Gateway.Organizations;
using Voice.Gateway.Passwords;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.SignUp;

internal static class SignUpApi
{
    private const int MaxBodyBytes = 16 * 1024;

    public static RouteGroupBuilder MapSignUpApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/auth/sign-up").WithTags("Sign-up").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapPost("/", SignUpAsync).WithName("SignUp").WithSummary("Ask for an account")
            .WithDescription("Answers the same whether there is an account with the address or not; a mail to the address says what to do next.")
            .WithErrors("invalid_email", "invalid_name", "too_many_sign_ins").WithErrors(PasswordProblem.Codes);
        group.MapPost("/verify", VerifyAsync).WithName("VerifySignUp").WithSummary("Finish a sign-up")
            .WithDescription("Takes the token from the mail and the password that was chosen, makes the account and its organization, and signs in.")
            .WithErrors("invalid_link", "invalid_sign_in", "too_many_sign_ins", "sessions_unavailable");
        return group;
    }

    private static async Task<Results<Accepted<MailPromised>, ProblemHttpResult>> SignUpAsync(
        SignUpBody body, HttpContext context, [AsParameters] SignUpServices services, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryRead(body.Email, out var email))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_email", "That is no e-mail address.", "email");
        }

        var organization = string.IsNullOrWhiteSpace(body.OrganizationName) ? Memberships.DefaultName(email) : body.OrganizationName.Trim();
        if (!OrganizationName.IsGood(organization))
        {
            return OrganizationName.Problem("organization_name");
        }

        if (await services.Throttle.RefuseRequestAsync(context, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (PasswordPolicy.Check(body.Password ?? "", email, body.OrganizationName) is { } problem)
        {
            return problem.AsResult("password");
        }

        var hash = await services.Passwords.HashAsync(body.Password!, cancellationToken);
        await services.SignUps.RequestAsync(email, hash, organization, Language.Of(body.Language, context.Request), cancellationToken);
        return TypedResults.Accepted((string?)null, MailPromised.CheckMail);
    }

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> VerifyAsync(
        VerifySignUpBody body, HttpContext context, [AsParameters] SignUpServices services, CancellationToken cancellationToken)
    {
        if (body.Token is not { Length: > 0 and <= MailToken.MaxLength } token || body.Password is not { Length: > 0 and <= PasswordPolicy.MaxLength } password)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_request", "Send 'token' and 'password'.");
        }

        if (await services.Throttle.RefuseRequestAsync(context, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (await services.SignUps.FindAsync(token, cancellationToken) is not { } signUp)
        {
            return TokenProblem.Result();
        }

        if (await services.Throttle.RefuseCodeAsync(context, signUp.Id, cancellationToken) is { } tooMany)
        {
            return tooMany;
        }

        if (!await services.Passwords.MatchesAsync(signUp.PasswordHash, password, cancellationToken))
        {
            return ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_sign_in", "This is not the password that was chosen for this account.", "password");
        }

        if (await services.SignUps.FinishAsync(signUp, context, cancellationToken) is not { } userId
            || await services.Users.FindAsync(userId, cancellationToken) is not { } user)
        {
            return TokenProblem.Result();
        }

        return await services.SignIn.FinishAsync(context, user, "password", cancellationToken) is { } signedIn
            ? TypedResults.Ok(signedIn)
            : CredentialProblem.SessionsAway.AsResult();
    }
}
