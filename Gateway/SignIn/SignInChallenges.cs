using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Voice.Gateway.Accounts;

namespace Voice.Gateway.SignIn;

/// <summary>
/// What says, between password and code, whose password was right. Kept by the client, protected: it names the account, the password it
/// came from, and when it ends. It can be shown again, but the codes that go with it are good once and counted.
/// </summary>
internal sealed class SignInChallenges(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = protection.CreateProtector("sign-in challenge");

    public SecondFactorNeeded Issue(UserAccount user)
    {
        var expires = time.GetUtcNow() + Lifetime;
        var content = new Content(user.Id, user.SecurityStamp, expires.ToUnixTimeMilliseconds());
        return new("second_factor_required", _protector.Protect(JsonSerializer.Serialize(content)), expires);
    }

    /// <returns>Null for what is not ours, or too old.</returns>
    public (string UserId, string Stamp)? Read(string challenge)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(_protector.Unprotect(challenge))!;
            return time.GetUtcNow().ToUnixTimeMilliseconds() < content.Expires ? (content.UserId, content.Stamp) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Content(string UserId, string Stamp, long Expires);
}
