using Dapper;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Organizations;

/// <summary>
/// Changes to who belongs to an organization take turns on its row: two owners who each remove the other at the same moment leave one.
/// What the actor may is read again under that lock, not believed from a sign-in that is some seconds behind.
/// </summary>
internal sealed class MemberChanges(NpgsqlDataSource database, UserDirectory users, FreshProof proof, AuditTrail audit)
{
    public Task<MemberChange> ChangeAsync(HttpContext context, string userId, string role, CancellationToken cancellationToken) =>
        ApplyAsync(
            context,
            userId,
            leaving: false,
            role,
            "update identity.memberships set role = @role where organization_id = @organization and user_id = @userId",
            AuditEvent.From(context, "member.role_changed", new("user", userId)) with { Details = new Dictionary<string, string> { ["role"] = role } },
            cancellationToken);

    public Task<MemberChange> RemoveAsync(HttpContext context, string userId, bool leaving, CancellationToken cancellationToken) =>
        ApplyAsync(
            context,
            userId,
            leaving,
            role: null,
            "delete from identity.memberships where organization_id = @organization and user_id = @userId",
            AuditEvent.From(context, leaving ? "member.left" : "member.removed", new("user", userId)),
            cancellationToken);

    private async Task<MemberChange> ApplyAsync(
        HttpContext context, string userId, bool leaving, string? role, string change, AuditEvent act, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        var organization = caller.OrganizationId;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "select from identity.organizations where id = @organization for update", new { organization }, transaction, cancellationToken: cancellationToken));
        var members = (await connection.QueryAsync<(string UserId, string Role)>(new CommandDefinition(
            """
            select user_id, role from identity.memberships where organization_id = @organization and (user_id in (@userId, @actor) or role = 'owner')
            """,
            new { organization, userId, actor = caller.Subject },
            transaction,
            cancellationToken: cancellationToken))).ToDictionary(m => m.UserId, m => m.Role, StringComparer.Ordinal);
        if (!members.TryGetValue(userId, out var before))
        {
            return MemberChange.NotFound;
        }

        var actor = caller.Kind == "user" ? caller with { Role = members.GetValueOrDefault(caller.Subject) } : caller;
        if (!leaving && !MayChange(actor, before, role))
        {
            return MemberChange.NotAllowed;
        }

        if (!leaving && (before == Roles.Owner || role == Roles.Owner) && proof.RefusePerson(context.User) is not null)
        {
            return MemberChange.NotProven;
        }

        if (before == Roles.Owner && role != Roles.Owner && members.Values.Count(r => r == Roles.Owner) == 1)
        {
            return MemberChange.LastOwner;
        }

        await connection.ExecuteAsync(new CommandDefinition(change, new { organization, userId, role }, transaction, cancellationToken: cancellationToken));
        await audit.RecordAsync(transaction, act, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        users.Forget(userId);
        return MemberChange.Done;
    }

    private static bool MayChange(Caller actor, string before, string? after) =>
        (actor.Kind != "user" || Roles.ScopesOf(actor.Role).Contains(Scopes.MembersManage))
        && RoleRules.MayGrant(actor, before) && (after is null || RoleRules.MayGrant(actor, after));
}
