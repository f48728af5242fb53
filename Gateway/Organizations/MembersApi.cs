using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Voice.Gateway.Authentication;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Organizations;

internal static class MembersApi
{
    private const string Name = "members";
    private const int MaxBodyBytes = 16 * 1024;

    public static RouteGroupBuilder MapMembersApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/members").WithTags("Organization").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapGet("/", ListAsync).RequireScope(Scopes.MembersRead).WithName("ListMembers").WithSummary("List the members of your organization")
            .WithErrors("invalid_limit", "invalid_cursor");
        group.MapPatch("/{userId}", ChangeAsync).RequireScope(Scopes.MembersManage).WithName("ChangeMember").WithSummary("Change a member's role")
            .WithDescription("Only owners make and unmake owners, when they have proved lately who they are. An organization keeps at least one.")
            .WithErrors("invalid_role", "member_not_found", "role_not_allowed", "last_owner", "confirmation_required");
        group.MapDelete("/{userId}", RemoveAsync).RequireScope(Scopes.MembersManage).WithName("RemoveMember").WithSummary("Remove a member")
            .WithErrors("member_not_found", "role_not_allowed", "last_owner", "confirmation_required");
        endpoints.MapPost("/api/v1/organization/leave", LeaveAsync).RequireKnown().WithTags("Organization").WithName("LeaveOrganization").WithSummary("Leave your organization")
            .WithErrors(PeopleOnly.Code, "member_not_found", "last_owner", "sessions_unavailable");
        return group;
    }

    private static async Task<Results<Ok<Page<Member>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, HttpContext context, NpgsqlDataSource database, PageCursors cursors, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, Name, out var after) is { } refusal)
        {
            return refusal;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<MemberRow>(new CommandDefinition(
            """
            select m.user_id, u.email, m.role, exists (select from identity.second_factors f where f.user_id = u.id and f.confirmed_at is not null) as second_factor,
                   m.created_at
            from identity.memberships m join identity.users u on u.id = m.user_id
            where m.organization_id = @organization and (@after::text is null or m.user_id > @after)
            order by m.user_id limit @limit
            """,
            new { organization = context.User.GetCaller().OrganizationId, after = after?[0], limit = page.Count + 1 },
            cancellationToken: cancellationToken))).AsList();
        return TypedResults.Ok(page.Cut(rows, row => row.AsMember(), last => cursors.Write(Name, last.UserId)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        string userId, ChangeMemberBody body, HttpContext context, MemberChanges changes, CancellationToken cancellationToken) =>
        body.Role is { } role && Roles.All.Contains(role, StringComparer.Ordinal)
            ? Answer(context, await changes.ChangeAsync(context, userId, role, cancellationToken))
            : ApiError.Result(StatusCodes.Status400BadRequest, "invalid_role", "role is 'owner', 'admin', 'member' or 'viewer'.", "role");

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string userId, HttpContext context, MemberChanges changes, CancellationToken cancellationToken) =>
        Answer(context, await changes.RemoveAsync(context, userId, leaving: false, cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(
        HttpContext context, MemberChanges changes, Accounts.UserDirectory users, Memberships memberships, SignInSessions sessions, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        if (caller.Kind != "user" || await users.FindAsync(caller.Subject, cancellationToken) is not { } user)
        {
            return ApiError.Result(StatusCodes.Status403Forbidden, "users_only", "This is for people who are signed in, not for keys.");
        }

        var outcome = await changes.RemoveAsync(context, caller.Subject, leaving: true, cancellationToken);
        if (outcome is MemberChange.Done && context.User.FindFirst(GatewayClaims.Session)?.Value is { } session)
        {
            var home = await memberships.HomeOfAsync(user, cancellationToken);
            try
            {
                await sessions.SwitchOrganizationAsync(user.Id, session, home.OrganizationId, cancellationToken);
            }
            catch (SessionsUnavailableException)
            {
                // Left they have; the sign-in is for an organization that they are no longer in, and is refused from now on.
                return CredentialProblem.SessionsAway.AsResult();
            }
        }

        return Answer(context, outcome);
    }

    private static Results<NoContent, ProblemHttpResult> Answer(HttpContext context, MemberChange change) => change switch
    {
        MemberChange.Done => TypedResults.NoContent(),
        MemberChange.NotFound => ApiError.Result(StatusCodes.Status404NotFound, "member_not_found", "There is no such member."),
        MemberChange.LastOwner => ApiError.Result(
            StatusCodes.Status409Conflict, "last_owner", "An organization needs an owner. Make somebody else one first."),
        MemberChange.NotProven => FreshProof.Refusal(context.User),
        _ => RoleNotAllowed(),
    };

    internal static ProblemHttpResult RoleNotAllowed() => ApiError.Result(
        StatusCodes.Status403Forbidden, "role_not_allowed", "Only an owner gives or takes away the role of an owner.");
}
