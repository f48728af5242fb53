using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.ClientSecrets;

/// <param name="Caller">Who issued the secret, with kind <see cref="ClientSecret.CallerKind"/>; null where it was refused.</param>
public sealed record ClientSecretUse(ClientSecretOutcome Outcome, Caller? Caller);

public enum ClientSecretOutcome
{
    Accepted,
    Unknown,
    Expired,
    OtherAgent,
    OtherOrigin,
    UsedUp,
}
