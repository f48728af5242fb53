using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.Gateway.Mail;
using Voice.Gateway.Passwords;
using Voice.Gateway.SecondFactor;
using Voice.Gateway.Sessions;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Accounts;

/// <summary>What concerns the person alone: password, second factor, language. For people; keys have no account.</summary>
internal static class AccountApi
{
    public const string Path = "/api/v1/account";

    private const int MaxBodyBytes = 16 * 1024;

    public static RouteGroupBuilder MapAccountApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Path).WithTags("Account").RequireKnown().ForPeople().WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapGet("/", GetAsync).WithName("GetAccount").WithSummary("Read your account").WithErrors("account_not_found");
        group.MapPatch("/", ChangeAsync).WithName("ChangeAccount").WithSummary("Change your account").WithErrors("invalid_language");
        group.MapPost("/password", ChangePasswordAsync).WithName("ChangePassword").WithSummary("Change your password")
            .WithDescription("Takes the current one. Every other sign-in of yours ends.")
            .WithErrors("account_not_found", "not_confirmed", "too_many_sign_ins", "sessions_unavailable").WithErrors(PasswordProblem.Codes);
        group.MapPost("/second-factor", BeginAsync).RequireFreshProof().WithName("BeginSecondFactor").WithSummary("Begin to set up a second factor")
            .WithDescription("Gives a secret for an authenticator app (RFC 6238). It counts for nothing until a code of it has been confirmed.")
            .WithErrors("second_factor_exists");
        group.MapPost("/second-factor/confirm", ConfirmAsync).RequireFreshProof().WithName("ConfirmSecondFactor").WithSummary("Confirm a second factor with its first code")
            .WithErrors("not_confirmed", "too_many_sign_ins");
        group.MapDelete("/second-factor", RemoveAsync).RequireFreshProof().WithName("RemoveSecondFactor").WithSummary("Remove the second factor").WithErrors("second_factor_not_found");
        group.MapPost("/second-factor/recovery-codes", RenewCodesAsync).RequireFreshProof().WithName("RenewRecoveryCodes").WithSummary("Replace the recovery codes")
            .WithErrors("second_factor_not_found");
        return group;
    }

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> GetAsync(
        HttpContext context, [AsParameters] AccountServices services, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        if (await services.Users.FindAsync(caller.Subject, cancellationToken) is not { } user)
        {
            return Gone();
        }

        var factor = await services.SecondFactors.StateAsync(user.Id, cancellationToken);
        var organizations = await services.Memberships.ListAsync(user.Id, cancellationToken);
        var current = organizations.FirstOrDefault(m => m.OrganizationId == caller.OrganizationId);
        return TypedResults.Ok(new AccountView(
            user.Id, user.Email, user.Language,
            new(factor.ConfirmedAt is not null, factor.ConfirmedAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null, factor.RecoveryCodesLeft),
            current?.RequireSecondFactor is true && factor.ConfirmedAt is null,
            [.. organizations.Select(m => MembershipView.Of(m, caller.OrganizationId))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        ChangeAccountBody body, HttpContext context, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (!Language.IsKnown(body.Language))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_language", "language is 'en', 'es' or 'ko'.", "language");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update identity.users set language = @Language where id = @id",
            new { body.Language, id = context.User.GetCaller().Subject },
            cancellationToken: cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(
        ChangePasswordBody body, HttpContext context, BrowserSession browser, [AsParameters] AccountServices services, CancellationToken cancellationToken)
    {
        if (await services.Users.FindAsync(context.User.GetCaller().Subject, cancellationToken) is not { } user)
        {
            return Gone();
        }

        if (await services.Throttle.RefuseCodeAsync(context, user.Id, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (body.CurrentPassword is not { Length: > 0 and <= PasswordPolicy.MaxLength } current
            || !await services.Passwords.MatchesAsync(user.PasswordHash, current, cancellationToken))
        {
            return ApiError.Result(StatusCodes.Status403Forbidden, "not_confirmed", "The current password is wrong.", "current_password");
        }

        await services.Throttle.CodeSucceededAsync(user.Id, cancellationToken);
        if (PasswordPolicy.Check(body.NewPassword ?? "", user.Email) is { } problem)
        {
            return problem.AsResult("new_password");
        }

        try
        {
            var hash = await services.Passwords.HashAsync(body.NewPassword!, cancellationToken);
            var stamp = await services.Resets.ChangeAsync(user, null, hash, context.User.FindFirst(GatewayClaims.Session)?.Value, context, cancellationToken);
            await browser.RenewAsync(context, stamp!);
            return TypedResults.NoContent();
        }
        catch (SessionsUnavailableException)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }
    }

    private static async Task<Results<Ok<SecondFactorSecret>, ProblemHttpResult>> BeginAsync(
        HttpContext context, [AsParameters] AccountServices services, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        return await services.SecondFactors.BeginAsync(caller.Subject, cancellationToken) is { } secret
            ? TypedResults.Ok(Enrolment.Describe(secret, caller.Name))
            : ApiError.Result(StatusCodes.Status409Conflict, "second_factor_exists", "There is a second factor already. Remove it first.");
    }

    private static async Task<Results<Ok<RecoveryCodeList>, ProblemHttpResult>> ConfirmAsync(
        SecondFactorCodeBody body, HttpContext context, [AsParameters] AccountServices services, CancellationToken cancellationToken)
    {
        var userId = context.User.GetCaller().Subject;
        if (await services.Throttle.RefuseCodeAsync(context, userId, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (await services.SecondFactors.ConfirmAsync(userId, body.Code ?? "", cancellationToken) is not { } codes)
        {
            return ApiError.Result(StatusCodes.Status403Forbidden, "not_confirmed", "The code is wrong or too old. Is the clock of the phone right?", "code");
        }

        await services.Throttle.CodeSucceededAsync(userId, cancellationToken);
        await TellAsync(context, services, "second_factor.added", MailKind.SecondFactorAdded, cancellationToken);
        return TypedResults.Ok(new RecoveryCodeList(codes));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        HttpContext context, [AsParameters] AccountServices services, CancellationToken cancellationToken)
    {
        if (!await services.SecondFactors.RemoveAsync(context.User.GetCaller().Subject, cancellationToken))
        {
            return NoSecondFactor();
        }

        await TellAsync(context, services, "second_factor.removed", MailKind.SecondFactorRemoved, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<RecoveryCodeList>, ProblemHttpResult>> RenewCodesAsync(
        HttpContext context, [AsParameters] AccountServices services, CancellationToken cancellationToken)
    {
        if (await services.SecondFactors.RenewRecoveryCodesAsync(context.User.GetCaller().Subject, cancellationToken) is not { } codes)
        {
            return NoSecondFactor();
        }

        await TellAsync(context, services, "recovery_codes.renewed", null, cancellationToken);
        return TypedResults.Ok(new RecoveryCodeList(codes));
    }

    private static async Task TellAsync(HttpContext context, AccountServices services, string action, string? mail, CancellationToken cancellationToken)
    {
        var userId = context.User.GetCaller().Subject;
        services.Users.Forget(userId);
        if (await services.Users.FindAsync(userId, cancellationToken) is { } user)
        {
            await services.Notices.TellAsync(user, AuditEvent.From(context, action, new("user", userId)), mail, cancellationToken);
        }
    }

    private static ProblemHttpResult NoSecondFactor() =>
        ApiError.Result(StatusCodes.Status404NotFound, "second_factor_not_found", "There is no second factor.");

    private static ProblemHttpResult Gone() => ApiError.Result(StatusCodes.Status404NotFound, "account_not_found", "The account is gone.");
}
