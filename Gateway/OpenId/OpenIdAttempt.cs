namespace Voice.Gateway.OpenId;

/// <summary>A way to a provider and back that one browser has begun, as its cookie keeps it.</summary>
/// <param name="Nonce">What the id_token must repeat: it was made for this attempt.</param>
/// <param name="Verifier">Of PKCE: who has the code alone gets nothing for it.</param>
/// <param name="Redirect">What the code was asked for with.</param>
/// <param name="UserId">Who wants to add the provider to their account; null for who wants in.</param>
/// <param name="SessionId">The sign-in in which they asked.</param>
internal sealed record OpenIdAttempt(
    string Provider, string State, string Nonce, string Verifier, string Redirect, string ReturnUrl, string? UserId, string? SessionId, long Expires)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
}
