using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.ClientSecrets;

/// <param name="MakerKind">What the issuer is: <c>user</c> or <c>api_key</c>.</param>
/// <param name="SignInSession">The one in which the secret was made; null for keys.</param>
/// <param name="Caller">Who issued the secret, with kind <see cref="ClientSecret.CallerKind"/>; null where it was refused.</param>
public sealed record ClientSecretUse(ClientSecretOutcome Outcome, Caller? Caller, string? MakerKind = null, string? SignInSession = null);

public enum ClientSecretOutcome
{
    Accepted,
    Unknown,
    Expired,
    OtherAgent,
    OtherOrigin,
    UsedUp,
}
