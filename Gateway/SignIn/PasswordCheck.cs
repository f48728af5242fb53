using Microsoft.AspNetCore.Identity;
using Voice.Gateway.Accounts;

namespace Voice.Gateway.SignIn;

/// <summary>Checks e-mail and password; an unknown account costs the same time as a wrong password.</summary>
internal sealed class PasswordCheck(UserDirectory users, IPasswordHasher<UserAccount> hasher) : IDisposable
{
    private static readonly UserAccount Nobody = new("user_none", "org_none", "nobody", string.Empty, "member", string.Empty, null);

    private readonly string _nobodysHash = hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    // A hash takes tens of milliseconds of processor: a burst of sign-ins must not starve the audio that passes here.
    private readonly SemaphoreSlim _atOnce = new(2);

    public async Task<UserAccount?> VerifyAsync(string email, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email, cancellationToken);
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            var result = hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? _nobodysHash, password);
            return result is not PasswordVerificationResult.Failed && user is { DisabledAt: null } ? user : null;
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public void Dispose() => _atOnce.Dispose();
}
