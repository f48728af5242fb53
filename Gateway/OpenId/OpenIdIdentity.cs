namespace Voice.Gateway.OpenId;

/// <summary>Whom a provider vouches for, once everything that it sent has been verified. Issuer and subject are who it is; an address is only how to reach them.</summary>
/// <param name="Email">Null where the provider names none that is one, or does not say that it is theirs.</param>
internal sealed record OpenIdIdentity(string Provider, string Issuer, string Subject, string? Email);
