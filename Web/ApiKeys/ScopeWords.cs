using Voice.ServiceDefaults.Identity;

namespace Voice.Web.ApiKeys;

/// <summary>What a scope allows, for people who choose some for a key.</summary>
internal static class ScopeWords
{
    public static string Of(string scope) => scope switch
    {
        Scopes.SessionsRead => "Read conversations, their recordings and transcripts",
        Scopes.SessionsWrite => "Hold conversations",
        Scopes.AgentsRead => "See agents",
        Scopes.AgentsWrite => "Change agents",
        Scopes.SpeechUse => "Transcribe, speak, translate and chat without a conversation",
        Scopes.UsageRead => "Read usage and limits",
        Scopes.KeysManage => "Make and revoke API keys",
        Scopes.MembersRead => "See who belongs to the organization",
        Scopes.MembersManage => "Invite and remove people",
        Scopes.AuditRead => "Read the audit trail",
        Scopes.OrganizationRead => "Read the organization's settings",
        Scopes.OrganizationManage => "Change the organization's settings",
        Scopes.PlatformRead => "Read figures of the whole installation",
        Scopes.PipelinesRead => "See pipelines, their runs and what those made",
        Scopes.PipelinesWrite => "Change and run pipelines",
        Scopes.ProvidersWrite => "Bring and test providers of speech and language",
        _ => scope,
    };

    /// <summary>What most keys are for.</summary>
    public static bool IsUsual(string scope) => scope is Scopes.SessionsWrite or Scopes.AgentsRead or Scopes.SpeechUse;
}
