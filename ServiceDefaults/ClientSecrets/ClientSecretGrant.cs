using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.ClientSecrets;

/// <summary>What a client secret allows: to begin <paramref name="MaxUses"/> sessions, as <paramref name="Issuer"/>, with one agent, from one origin.</summary>
/// <param name="AgentId">Null for transcription sessions.</param>
/// <param name="Origin">As browsers send it; null where the first use decides it.</param>
/// <param name="Session">The session's configuration, as the body of <c>session.update</c> has it.</param>
public sealed record ClientSecretGrant(
    Caller Issuer, string? AgentId, string? AgentName, string? Origin, int MaxUses, DateTimeOffset ExpiresAt, string Session)
{
    /// <summary>The sign-in session of the person who made it, with which it ends; null for keys.</summary>
    public string? SignInSession { get; init; }
}
