using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.ServiceDefaults.Identity.Keys;

/// <summary>The keys that a service signs tokens with, for one purpose: in its database, or in memory where a process is all there is.</summary>
public interface ISigningKeys
{
    SigningKey Current { get; }

    /// <summary>All that tokens in use may be signed with, and those that will sign next.</summary>
    JsonWebKeySet Published { get; }

    VerificationKey? Find(string kid);
}
