namespace Voice.ServiceDefaults.Identity;

/// <summary>What a member of an organization is there, and what that allows. Each includes the ones after it.</summary>
public static class Roles
{
    public const string Owner = "owner";
    public const string Admin = "admin";
    public const string Member = "member";
    public const string Viewer = "viewer";

    private static readonly ScopeSet ViewerScopes = ScopeSet.Of(
        Scopes.SessionsRead, Scopes.AgentsRead, Scopes.UsageRead, Scopes.OrganizationRead, Scopes.MembersRead, Scopes.PipelinesRead);

    private static readonly ScopeSet MemberScopes = ViewerScopes | ScopeSet.Of(Scopes.SessionsWrite, Scopes.AgentsWrite, Scopes.SpeechUse, Scopes.PipelinesWrite);

    private static readonly ScopeSet AdminScopes = MemberScopes | ScopeSet.Of(Scopes.KeysManage, Scopes.MembersManage, Scopes.AuditRead, Scopes.ProvidersWrite);

    private static readonly ScopeSet OwnerScopes = AdminScopes | ScopeSet.Of(Scopes.OrganizationManage);

    public static IReadOnlyList<string> All { get; } = [Owner, Admin, Member, Viewer];

    /// <summary>An unknown role allows nothing. <see cref="Scopes.PlatformRead"/> is nobody's by role.</summary>
    public static ScopeSet ScopesOf(string? role) => role switch
    {
        Owner => OwnerScopes,
        Admin => AdminScopes,
        Member => MemberScopes,
        Viewer => ViewerScopes,
        _ => ScopeSet.None,
    };
}
