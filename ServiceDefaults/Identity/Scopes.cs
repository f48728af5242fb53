namespace Voice.ServiceDefaults.Identity;

/// <summary>
/// Everything that a caller may be allowed. Roles, API keys, access tokens and client secrets hold some of these; every endpoint names the
/// one it takes (<c>.RequireScope(Scopes.AgentsRead)</c>), at the gateway's route and again in the service.
/// </summary>
public static class Scopes
{
    public const string SessionsRead = "sessions:read";
    public const string SessionsWrite = "sessions:write";
    public const string AgentsRead = "agents:read";
    public const string AgentsWrite = "agents:write";

    /// <summary>Transcription, speech, translation and chat without a session.</summary>
    public const string SpeechUse = "speech:use";

    public const string UsageRead = "usage:read";
    public const string KeysManage = "keys:manage";
    public const string MembersRead = "members:read";
    public const string MembersManage = "members:manage";
    public const string AuditRead = "audit:read";
    public const string OrganizationRead = "organization:read";
    public const string OrganizationManage = "organization:manage";

    /// <summary>Figures of the whole installation; only of whoever runs it.</summary>
    public const string PlatformRead = "platform:read";

    /// <summary>Pipelines, their runs, and what those made.</summary>
    public const string PipelinesRead = "pipelines:read";

    /// <summary>Change pipelines, and run them.</summary>
    public const string PipelinesWrite = "pipelines:write";

    /// <summary>Bringing services and keys of one's own for speech and language.</summary>
    public const string ProvidersWrite = "providers:write";

    /// <summary>In the order of their bits in a <see cref="ScopeSet"/>; a new one goes to the end.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SessionsRead, SessionsWrite, AgentsRead, AgentsWrite, SpeechUse, UsageRead, KeysManage, MembersRead, MembersManage, AuditRead,
        OrganizationRead, OrganizationManage, PlatformRead, PipelinesRead, PipelinesWrite, ProvidersWrite,
    ];
}
