using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.ServiceDefaults.Identity.Keys;

/// <summary>One key for as long as the process lives: for tools and tests, which nobody has to know after them.</summary>
public sealed class MemorySigningKeys : ISigningKeys
{
    public SigningKey Current { get; } = SigningKey.Create();

    public JsonWebKeySet Published => new([Current.Public]);

    public VerificationKey? Find(string kid) => kid == Current.Kid ? Current.Verification : null;
}
