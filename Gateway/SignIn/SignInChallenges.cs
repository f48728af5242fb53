using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Voice.Gateway.Accounts;
using Voice.Gateway.OpenId;

namespace Voice.Gateway.SignIn;

/// <summary>
/// What says, between password and code, who made the first proof. Kept by the client, protected: it names the account, the
/// password it had, and when it ends. It can be shown again, but the codes that go with it are good once and counted.
/// </summary>
internal sealed class SignInChallenges(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = protection.CreateProtector("sign-in challenge");

    /// <param name="method">How the first proof was made.</param>
    /// <param name="link">What is added to the account once the second is there too.</param>
    public SecondFactorNeeded Issue(UserAccount user, string method = "password", OpenIdIdentity? link = null)
    {
        var expires = time.GetUtcNow() + Lifetime;
        var content = new SignInChallenge(user.Id, user.SecurityStamp, method, link, expires.ToUnixTimeMilliseconds());
        return new("second_factor_required", _protector.Protect(JsonSerializer.Serialize(content)), expires);
    }

    /// <returns>Null for what is not ours, or too old.</returns>
    public SignInChallenge? Read(string challenge)
    {
        try
        {
            var content = JsonSerializer.Deserialize<SignInChallenge>(_protector.Unprotect(challenge))!;
            return time.GetUtcNow().ToUnixTimeMilliseconds() < content.Expires ? content : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
