using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Accounts;
using Voice.Gateway.Authentication;
using Voice.Gateway.Mail;
using Voice.Gateway.Passwords;
using Voice.Gateway.Sessions;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Organizations.Invitations;

internal static class InvitationsApi
{
    private const string Name = "invitations";
    private const int MaxBodyBytes = 16 * 1024;

    public static RouteGroupBuilder MapInvitationsApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/invitations").WithTags("Organization").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapGet("/", ListAsync).RequireScope(Scopes.MembersManage).WithName("ListInvitations").WithSummary("List invitations")
            .WithErrors("invalid_limit", "invalid_cursor");
        group.MapPost("/", CreateAsync).RequireScope(Scopes.MembersManage).WithName("InviteMember").WithSummary("Invite somebody")
            .WithDescription("A link is mailed to the address: good for seven days and once. Whoever comes back with it is a member. "
                + "An owner is invited by an owner who has proved lately who they are.")
            .WithErrors("invalid_email", "invalid_role", "role_not_allowed", "already_member", "confirmation_required").WithIdempotencyKey();
        group.MapDelete("/{id}", RevokeAsync).RequireScope(Scopes.MembersManage).WithName("RevokeInvitation").WithSummary("Take an invitation back")
            .WithErrors("invitation_not_found");
        group.MapPost("/preview", PreviewAsync).AllowAnonymous().WithName("PreviewInvitation").WithSummary("Read the invitation of a token")
            .WithErrors("invalid_link", "too_many_sign_ins");
        group.MapPost("/accept", AcceptAsync).AllowAnonymous().WithName("AcceptInvitation").WithSummary("Accept an invitation")
            .WithDescription("Signed in as the invited address: joins. Without an account: makes one with the password given, joins, and signs in.")
            .WithErrors("invalid_link", "other_account", "sign_in_required", "too_many_sign_ins", "sessions_unavailable").WithErrors(PasswordProblem.Codes);
        return group;
    }

    private static async Task<Results<Ok<Page<InvitationView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, HttpContext context, Invitations invitations, PageCursors cursors, TimeProvider time, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, Name, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await invitations.ListAsync(context.User.GetCaller().OrganizationId, after?[0], page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(rows, row => row.AsView(time.GetUtcNow()), last => cursors.Write(Name, last.Id)));
    }

    private static async Task<Results<Created<InvitationView>, ProblemHttpResult>> CreateAsync(
        InviteBody body, HttpContext context, [AsParameters] InvitationServices services, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryRead(body.Email, out var email))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_email", "That is no e-mail address.", "email");
        }

        if (body.Role is not { } role || !Roles.All.Contains(role, StringComparer.Ordinal))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_role", "role is 'owner', 'admin', 'member' or 'viewer'.", "role");
        }

        if (!RoleRules.MayGrant(context.User.GetCaller(), role))
        {
            return MembersApi.RoleNotAllowed();
        }

        if (role == Roles.Owner && services.Proof.RefusePerson(context.User) is { } unproven)
        {
            return unproven;
        }

        return await services.Invitations.AddAsync(context, email, role, Language.Of(null, context.Request), cancellationToken) is { } row
            ? TypedResults.Created((string?)null, row.AsView(services.Time.GetUtcNow()))
            : ApiError.Result(StatusCodes.Status409Conflict, "already_member", "There is a member with this address already.", "email");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id, HttpContext context, Invitations invitations, CancellationToken cancellationToken) =>
        await invitations.RevokeAsync(context, id, cancellationToken)
            ? TypedResults.NoContent()
            : ApiError.Result(StatusCodes.Status404NotFound, "invitation_not_found", "There is no such invitation that waits.");

    private static async Task<Results<Ok<InvitationPreview>, ProblemHttpResult>> PreviewAsync(
        InvitationTokenBody body, HttpContext context, [AsParameters] InvitationServices services, CancellationToken cancellationToken)
    {
        if (await services.Throttle.RefuseRequestAsync(context, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (body.Token is not { Length: > 0 and <= MailToken.MaxLength } token || await services.Invitations.FindAsync(token, cancellationToken) is not { } invitation)
        {
            return TokenProblem.Result();
        }

        var account = await services.Users.FindByEmailAsync(invitation.Email, cancellationToken);
        return TypedResults.Ok(new InvitationPreview(
            invitation.OrganizationName, invitation.Email, invitation.Role, account is not null, new DateTimeOffset(invitation.ExpiresAt, TimeSpan.Zero)));
    }

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> AcceptAsync(
        AcceptInvitationBody body, HttpContext context, [AsParameters] InvitationServices services, CancellationToken cancellationToken)
    {
        if (await services.Throttle.RefuseRequestAsync(context, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (body.Token is not { Length: > 0 and <= MailToken.MaxLength } token || await services.Invitations.FindAsync(token, cancellationToken) is not { } invitation)
        {
            return TokenProblem.Result();
        }

        var account = await services.Users.FindByEmailAsync(invitation.Email, cancellationToken);
        if (context.User.FindCaller() is { } caller && caller.Subject != account?.Id)
        {
            return ApiError.Result(
                StatusCodes.Status409Conflict, "other_account", "The invitation is for another address than the one that you are signed in with. Sign out first.");
        }

        return account is null
            ? await AcceptAsNewAsync(invitation, body.Password ?? "", context, services, cancellationToken)
            : await JoinAsync(invitation, account, context, services, cancellationToken);
    }

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> AcceptAsNewAsync(
        InvitationRow invitation, string password, HttpContext context, InvitationServices services, CancellationToken cancellationToken)
    {
        if (PasswordPolicy.Check(password, invitation.Email, invitation.OrganizationName) is { } problem)
        {
            return problem.AsResult("password");
        }

        var hash = await services.Passwords.HashAsync(password, cancellationToken);
        if (await services.Invitations.AcceptAsync(invitation, null, hash, context, cancellationToken) is not { } id
            || await services.Users.FindAsync(id, cancellationToken) is not { } user)
        {
            return TokenProblem.Result();
        }

        return await services.SignIn.FinishAsync(context, user, "invitation", cancellationToken) is { } signedIn
            ? TypedResults.Ok(signedIn)
            : CredentialProblem.SessionsAway.AsResult();
    }

    private static async Task<Results<Ok<SignedIn>, ProblemHttpResult>> JoinAsync(
        InvitationRow invitation, UserAccount account, HttpContext context, InvitationServices services, CancellationToken cancellationToken)
    {
        // The link proves the address; that is not enough to come into an account with a password and perhaps a second factor.
        if (context.User.FindFirst(GatewayClaims.Session)?.Value is not { } session)
        {
            return ApiError.Result(StatusCodes.Status409Conflict, "sign_in_required", "There is an account with this address. Sign in, then accept.");
        }

        if (await services.Invitations.AcceptAsync(invitation, account, null, context, cancellationToken) is null)
        {
            return TokenProblem.Result();
        }

        try
        {
            await services.Sessions.SwitchOrganizationAsync(account.Id, session, invitation.OrganizationId, cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            return CredentialProblem.SessionsAway.AsResult();
        }

        return await services.Memberships.FindAsync(account.Id, invitation.OrganizationId, cancellationToken) is { } membership
            ? TypedResults.Ok(SignedIn.As(account, membership))
            : TokenProblem.Result();
    }
}
