using Voice.Gateway.ApiKeys;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Accounts;

/// <summary>Users and keys as callers: with the scopes that they have at this moment.</summary>
internal static class GatewayCallers
{
    private static readonly ScopeSet Platform = ScopeSet.Of(Scopes.PlatformRead);

    /// <summary>Without the second factor that the organization demands they may do nothing there, except see to it.</summary>
    public static Caller Of(string userId, string organizationId, Standing standing)
    {
        var scopes = standing.LacksSecondFactor ? ScopeSet.None : Roles.ScopesOf(standing.Role);
        if (!scopes.IsEmpty && organizationId == SeedAccounts.OrganizationId && standing.Role is Roles.Owner or Roles.Admin)
        {
            scopes |= Platform;
        }

        return new Caller(organizationId, userId, "user", standing.Email) { Role = standing.Role, Scopes = scopes };
    }

    public static Caller Of(ApiKeyRecord key) =>
        new(key.OrganizationId, key.Id, "api_key", key.Name) { Scopes = ScopesOfKey(key.Scopes, key.OrganizationId) };

    /// <summary>Keys from before there were scopes may what a member may, and look where they could before.</summary>
    public static ScopeSet ScopesOfKey(string? scopes, string organizationId)
    {
        if (scopes is not null)
        {
            return ScopeSet.Parse(scopes);
        }

        var before = Roles.ScopesOf(Roles.Member) | ScopeSet.Of(Scopes.AuditRead);
        return organizationId == SeedAccounts.OrganizationId ? before | Platform : before;
    }
}
