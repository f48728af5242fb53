namespace Voice.Gateway.OpenId;

/// <summary>
/// A provider has vouched for somebody whose address an account has: they are asked to prove that it is theirs. Kept by their browser, protected.
/// </summary>
/// <param name="Stamp">Of the account when this began: a new password since then ends it.</param>
internal sealed record PendingLink(string Provider, string Issuer, string Subject, string? Email, string UserId, string Stamp, string ReturnUrl, long Expires)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public OpenIdIdentity Identity => new(Provider, Issuer, Subject, Email);
}
