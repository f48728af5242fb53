using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Voice.Gateway.OpenId;

/// <summary>
/// OpenID Connect Core 3.1.3.7: whether an id_token is what this provider says to us, now, about this sign-in. Signatures and the claims that
/// every token has are the library's; what is stricter here is which algorithms, exactly one key by its id, no encrypted tokens.
/// </summary>
internal sealed class IdTokenCheck(TimeProvider time)
{
    public const int MaxLength = 16 * 1024;

    private const int MaxSubjectLength = 255;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>A token that was made long ago was not made for this sign-in, whatever its nonce.</summary>
    private static readonly TimeSpan MadeWithin = TimeSpan.FromMinutes(10);

    // Signatures only: an HMAC's key would be our client secret, or, for the careless, the public key.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxLength, MapInboundClaims = false };

    /// <exception cref="OpenIdException">It is not.</exception>
    public async Task<JsonWebToken> VerifyAsync(OpenIdProvider provider, string token, string nonce, CancellationToken cancellationToken)
    {
        // A JWE would be decompressed before it is refused.
        if (token.Length > MaxLength || token.Count(c => c == '.') != 2)
        {
            throw Refused("id_token: form");
        }

        var metadata = await provider.Metadata.GetAsync(null, cancellationToken);
        var kid = KeyIdOf(token);
        var key = KeyOf(metadata, kid);
        if (key is null)
        {
            // Its keys may have changed since we asked.
            metadata = await provider.Metadata.GetAsync(without: metadata, cancellationToken);
            key = KeyOf(metadata, kid) ?? throw Refused("id_token: unknown key");
        }

        var result = await _handler.ValidateTokenAsync(token, Parameters(provider, metadata, key));
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
        {
            throw Refused($"id_token: {result.Exception?.GetType().Name ?? "invalid"}", result.Exception);
        }

        CheckClaims(jwt, provider, nonce);
        return jwt;
    }

    private static OpenIdException Refused(string reason, Exception? inner = null) => new(OpenIdErrors.Failed, reason, inner);

    private static bool Same(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    /// <summary>One key only: the one that is named, or the only one there is.</summary>
    private static SecurityKey? KeyOf(OpenIdConnectConfiguration metadata, string? kid) => string.IsNullOrEmpty(kid)
        ? metadata.SigningKeys.Count == 1 ? metadata.SigningKeys.Single() : null
        : metadata.SigningKeys.FirstOrDefault(key => key.KeyId == kid);

    private string? KeyIdOf(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token).Kid;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            throw Refused("id_token: form", exception);
        }
    }

    private TokenValidationParameters Parameters(OpenIdProvider provider, OpenIdConnectConfiguration metadata, SecurityKey key) => new()
    {
        ValidAlgorithms = Algorithms,
        ValidIssuer = metadata.Issuer,
        ValidAudience = provider.Options.ClientId,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        IssuerSigningKey = key,
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return expires is { } end && now < end + Skew && (notBefore is not { } begin || now >= begin - Skew);
        },
    };

    private void CheckClaims(JsonWebToken token, OpenIdProvider provider, string nonce)
    {
        if (!Same(Text(token, "nonce"), nonce))
        {
            throw Refused("id_token: nonce");
        }

        var authorized = Text(token, "azp");
        if (authorized is null ? token.Audiences.Count() > 1 : authorized != provider.Options.ClientId)
        {
            throw Refused("id_token: azp");
        }

        var now = time.GetUtcNow();
        if (!long.TryParse(Text(token, "iat"), NumberStyles.None, CultureInfo.InvariantCulture, out var made)
            || made > (now + Skew).ToUnixTimeSeconds() || made < (now - MadeWithin - Skew).ToUnixTimeSeconds())
        {
            throw Refused("id_token: iat");
        }

        if (token.Subject is not { Length: > 0 and <= MaxSubjectLength } subject || !subject.All(char.IsAscii))
        {
            throw Refused("id_token: sub");
        }
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetClaim(claim, out var found) ? found.Value : null;
}
