using Voice.Gateway.Accounts;
using Voice.Gateway.ApiKeys;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Authentication;

/// <summary>
/// Whoever made a client secret, looked at again when it is used: a secret ends with the key, the sign-in or the membership that it came from, as soon as those
/// themselves do, and never holds more than they.
/// </summary>
internal sealed class ClientSecretMakers(ApiKeyDirectory keys, UserDirectory users, SignInSessions sessions, TimeProvider time)
{
    /// <returns>What the maker may now, or why the secret is worth nothing any more.</returns>
    public async ValueTask<(ScopeSet Scopes, CredentialProblem? Problem)> ScopesOfAsync(ClientSecretUse use, CancellationToken cancellationToken)
    {
        var maker = use.Caller!;
        return use.MakerKind switch
        {
            "api_key" => await OfKeyAsync(maker, cancellationToken),
            "user" => await OfPersonAsync(maker, use.SignInSession, cancellationToken),
            _ => (ScopeSet.None, CredentialProblem.EndedClientSecret),
        };
    }

    private async Task<(ScopeSet, CredentialProblem?)> OfKeyAsync(Caller maker, CancellationToken cancellationToken) =>
        await keys.FindByIdAsync(maker.Subject, cancellationToken) is { RevokedAt: null } key && key.OrganizationId == maker.OrganizationId && !key.IsExpired(time.GetUtcNow())
            ? (GatewayCallers.Of(key).Scopes, null)
            : (ScopeSet.None, CredentialProblem.EndedClientSecret);

    private async Task<(ScopeSet, CredentialProblem?)> OfPersonAsync(Caller maker, string? signIn, CancellationToken cancellationToken)
    {
        // The gateway names the sign-in with every request of a person: one that has none was not made through it.
        var check = signIn is null ? SessionCheck.Ended : await sessions.CheckAsync(signIn, cancellationToken);
        if (check.Session?.UserId != maker.Subject)
        {
            return (ScopeSet.None, check.Unavailable ? CredentialProblem.SessionsAway : CredentialProblem.EndedClientSecret);
        }

        return await users.FindStandingAsync(maker.Subject, maker.OrganizationId, cancellationToken) is { } standing
            ? (GatewayCallers.Of(maker.Subject, maker.OrganizationId, standing).Scopes, null)
            : (ScopeSet.None, CredentialProblem.EndedClientSecret);
    }
}
