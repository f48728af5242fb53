using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Organizations;

internal static class RoleRules
{
    /// <summary>
    /// Whether somebody may give a role, or take it away: owners any, admins (and keys that manage members) all but the owner's. So
    /// nobody makes himself more than he is.
    /// </summary>
    public static bool MayGrant(Caller actor, string role) => actor.Role == Roles.Owner || role != Roles.Owner;
}
