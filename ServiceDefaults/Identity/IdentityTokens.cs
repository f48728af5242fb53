using System.Collections.Concurrent;
using System.Text.Json;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.ServiceDefaults.Identity;

/// <summary>
/// Signs the token with which one service of the platform tells another who is calling: a JWT, ES256, for one service (or the few that the
/// web app asks on a caller's behalf), good for a minute. A token for the same caller and audience is given again for half its life, so that
/// signing costs a busy caller next to nothing.
/// </summary>
public sealed class IdentityTokens(ISigningKeys keys, string issuer, TimeProvider time)
{
    internal const string Type = "voice-identity+jwt";

    private const int Capacity = 10_000;
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GivenAgainFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(Caller Caller, string Audience), Given> _given = new();

    /// <param name="audience">The service that it is for; several with a space between.</param>
    /// <param name="lifetime">60 s unless given: long enough for one hop, useless in a log an hour later.</param>
    public string Issue(Caller caller, string audience, TimeSpan? lifetime = null)
    {
        if (lifetime is { } own)
        {
            return Sign(keys.Current, caller, audience, own);
        }

        // The key too: after a rotation nothing is given again that the old one signed.
        var key = keys.Current;
        if (_given.TryGetValue((caller, audience), out var given) && given.Kid == key.Kid && time.GetElapsedTime(given.At) < GivenAgainFor)
        {
            return given.Token;
        }

        if (_given.Count >= Capacity)
        {
            _given.Clear();
        }

        var token = Sign(key, caller, audience, DefaultLifetime);
        _given[(caller, audience)] = new Given(token, key.Kid, time.GetTimestamp());
        return token;
    }

    private string Sign(SigningKey key, Caller caller, string audience, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        var claims = new TokenClaims(
            issuer, audience.Split(' '), caller.Subject, caller.OrganizationId, caller.Kind, caller.Name, caller.Role, caller.Scopes.ToString(),
            now.ToUnixTimeSeconds(), (now + lifetime).ToUnixTimeSeconds());
        return key.Sign(Type, JsonSerializer.SerializeToUtf8Bytes(claims, IdentityJson.Default.TokenClaims));
    }

    private sealed record Given(string Token, string Kid, long At);
}
