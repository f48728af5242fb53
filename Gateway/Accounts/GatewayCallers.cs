using Voice.Gateway.ApiKeys;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Accounts;

/// <summary>Users and keys as callers: with the scopes that they have at this moment.</summary>
internal static class GatewayCallers
{
    private static readonly ScopeSet Platform = ScopeSet.Of(Scopes.PlatformRead);

    public static Caller Of(UserAccount user, string organizationId)
    {
        // Before there were four roles, whoever set up the installation was its administrator.
        var role = user.Role == "administrator" ? Roles.Owner : user.Role;
        var scopes = Roles.ScopesOf(role);
        if (organizationId == SeedAccounts.OrganizationId && role is Roles.Owner or Roles.Admin)
        {
            scopes |= Platform;
        }

        return new Caller(organizationId, user.Id, "user", user.Email) { Role = role, Scopes = scopes };
    }

    public static Caller Of(ApiKeyRecord key)
    {
        var scopes = Roles.ScopesOf(Roles.Member) | ScopeSet.Of(Scopes.AuditRead);
        return new Caller(key.OrganizationId, key.Id, "api_key", key.Name)
        {
            Scopes = key.OrganizationId == SeedAccounts.OrganizationId ? scopes | Platform : scopes,
        };
    }
}
