namespace Voice.Api.Agents;

/// <param name="RestrictedTo">Empty: everybody in the organization.</param>
internal sealed record AgentAccessList(IReadOnlyList<AgentPrincipal>? RestrictedTo);

/// <summary>A role or a member: one of the two is given.</summary>
internal sealed record AgentPrincipal(string? Role, string? User)
{
    public static AgentPrincipal Of(string text) => text.Split(':', 2) switch
    {
        ["role", var role] => new(role, null),
        [_, var user] => new(null, user),
        _ => new(null, text),
    };

    public string AsText() => Role is null ? $"user:{User}" : $"role:{Role}";
}
