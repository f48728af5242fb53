using System.Text;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Voice.Gateway.Accounts;

namespace Voice.Gateway.Passwords;

/// <summary>Makes and checks hashes of passwords; an unknown account costs the same work as a wrong password.</summary>
internal sealed class PasswordCheck(NpgsqlDataSource database, UserDirectory users, IPasswordHasher<UserAccount> hasher) : IDisposable
{
    private static readonly UserAccount Nobody = new("user_none", "nobody", string.Empty, string.Empty, "en", null, false, null);

    private readonly string _nobodysHash = hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    // A hash takes a hundred milliseconds of processor: a burst of sign-ins must not starve the audio that passes here.
    private readonly SemaphoreSlim _atOnce = new(2);

    public async Task<UserAccount?> VerifyAsync(string email, string password, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(email, cancellationToken);
        var result = await VerifyAsync(user, password, cancellationToken);
        if (result is PasswordVerificationResult.SuccessRehashNeeded)
        {
            await RehashAsync(user!, password, cancellationToken);
        }

        return result is not PasswordVerificationResult.Failed && user is { DisabledAt: null } ? user : null;
    }

    /// <param name="hash">Null for an account without a password: the same work, and no.</param>
    public async Task<bool> MatchesAsync(string? hash, string password, CancellationToken cancellationToken) =>
        await VerifyAsync(Nobody with { PasswordHash = hash }, password, cancellationToken) is not PasswordVerificationResult.Failed;

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            return Hash(password);
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public string Hash(string password) => hasher.HashPassword(Nobody, Normalized(password));

    public void Dispose() => _atOnce.Dispose();

    /// <summary>The same letters from another keyboard are the same password. What is no text is left as it is, and matches nothing.</summary>
    private static string Normalized(string password) => PasswordPolicy.IsText(password) ? password.Normalize(NormalizationForm.FormKC) : password;

    private async Task<PasswordVerificationResult> VerifyAsync(UserAccount? user, string password, CancellationToken cancellationToken)
    {
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            return hasher.VerifyHashedPassword(user ?? Nobody, user?.PasswordHash ?? _nobodysHash, Normalized(password));
        }
        finally
        {
            _atOnce.Release();
        }
    }

    /// <summary>The cost of a hash grows over the years; only a sign-in has what a new one is made from.</summary>
    private async Task RehashAsync(UserAccount user, string password, CancellationToken cancellationToken)
    {
        var hash = await HashAsync(password, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update identity.users set password_hash = @hash where id = @Id and password_hash = @PasswordHash",
            new { hash, user.Id, user.PasswordHash },
            cancellationToken: cancellationToken));
    }
}
