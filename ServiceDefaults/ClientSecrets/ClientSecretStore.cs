using System.Globalization;
using StackExchange.Redis;
using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.ClientSecrets;

/// <summary>
/// Client secrets in Redis, under <c>client-secret:{sha256}</c>: written by voice-api, used by the gateway, read by voice-api. What is
/// thrown where Redis is away is the caller's: without it nobody is let in.
/// </summary>
public sealed class ClientSecretStore(IConnectionMultiplexer redis)
{
    /// <summary>After its end a secret still lets a client come back to the session it began: the longest session, and some.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(65);

    /// <summary>Of what its maker may do, a secret holds this alone; never what its maker may not.</summary>
    private static readonly ScopeSet Held = ScopeSet.Of(Scopes.SessionsWrite);

    // One step, so that two connections at the same moment cannot both have the last use. What comes back to a session (ARGV[4]) has a
    // token for it, and is no use; it must have been one before.
    private const string UseScript = """
        local r = redis.call('HMGET', KEYS[1], 'expires', 'agent', 'agent_name', 'origin', 'uses', 'used', 'org', 'subject', 'name', 'scopes', 'kind', 'sign_in')
        if not r[1] then return {'unknown'} end
        if ARGV[2] ~= '' and ARGV[2] ~= string.lower(r[2]) and ARGV[2] ~= r[3] then return {'agent'} end
        if r[4] and r[4] ~= ARGV[3] then return {'origin'} end
        if ARGV[4] == '1' then
          if r[6] then return {'accepted', r[7], r[8], r[9], r[10] or '', r[11] or '', r[12] or ''} end
          return {'unknown'}
        end
        if tonumber(ARGV[1]) >= tonumber(r[1]) then return {'expired'} end
        if tonumber(r[6] or '0') >= tonumber(r[5]) then return {'used'} end
        redis.call('HINCRBY', KEYS[1], 'used', 1)
        if not r[4] then redis.call('HSET', KEYS[1], 'origin', ARGV[3]) end
        return {'accepted', r[7], r[8], r[9], r[10] or '', r[11] or '', r[12] or ''}
        """;

    /// <param name="lifetime">Until it expires; the grant says the moment.</param>
    public async Task AddAsync(string hash, ClientSecretGrant grant, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var key = Key(hash);
        List<HashEntry> fields =
        [
            new("org", grant.Issuer.OrganizationId), new("subject", grant.Issuer.Subject), new("name", grant.Issuer.Name),
            new("scopes", (grant.Issuer.Scopes & Held).ToString()), new("agent", grant.AgentId ?? ""), new("agent_name", grant.AgentName?.ToLowerInvariant() ?? ""), new("uses", grant.MaxUses),
            new("expires", grant.ExpiresAt.ToUnixTimeMilliseconds()), new("session", grant.Session), new("kind", grant.Issuer.Kind),
            new("sign_in", grant.SignInSession ?? ""),
        ];
        if (grant.Origin is { } origin)
        {
            fields.Add(new("origin", origin));
        }

        // Both or neither: a secret that never goes away must not stay behind.
        var transaction = redis.GetDatabase().CreateTransaction();
        var stored = transaction.HashSetAsync(key, [.. fields]);
        var expiring = transaction.KeyExpireAsync(key, lifetime + Kept);
        if (!await transaction.ExecuteAsync().WaitAsync(cancellationToken))
        {
            throw new InvalidOperationException("The client secret was not stored.");
        }

        await Task.WhenAll(stored, expiring).WaitAsync(cancellationToken);
    }

    /// <summary>Counts one use where the secret is good for it.</summary>
    /// <param name="agent">What the connection asks for, id or name; null where it asks for none.</param>
    /// <param name="origin">As the browser says; null where no browser does.</param>
    /// <param name="resuming">The connection comes back to a session; whether it may, its token decides.</param>
    public async Task<ClientSecretUse> UseAsync(
        string hash, string? agent, string? origin, bool resuming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
        [
            now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), agent?.ToLowerInvariant() ?? "", origin ?? "", resuming ? "1" : "0",
        ];
        var answer = (string[]?)await redis.GetDatabase().ScriptEvaluateAsync(UseScript, [Key(hash)], arguments).WaitAsync(cancellationToken);
        return answer switch
        {
            ["accepted", var organization, var subject, var name, var scopes, var kind, var signIn] => new ClientSecretUse(
                ClientSecretOutcome.Accepted,
                new Caller(organization, subject, ClientSecret.CallerKind, name) { Scopes = ScopeSet.Parse(scopes) & Held },
                kind,
                signIn.Length == 0 ? null : signIn),
            ["expired"] => new ClientSecretUse(ClientSecretOutcome.Expired, null),
            ["agent"] => new ClientSecretUse(ClientSecretOutcome.OtherAgent, null),
            ["origin"] => new ClientSecretUse(ClientSecretOutcome.OtherOrigin, null),
            ["used"] => new ClientSecretUse(ClientSecretOutcome.UsedUp, null),
            _ => new ClientSecretUse(ClientSecretOutcome.Unknown, null),
        };
    }

    /// <summary>What a secret that was let in asks for.</summary>
    /// <returns>Null where there is no such secret, or it is another organization's.</returns>
    public async Task<(string? AgentId, string Session)?> FindSessionAsync(string hash, string organizationId, CancellationToken cancellationToken)
    {
        var values = await redis.GetDatabase().HashGetAsync(Key(hash), ["org", "agent", "session"]).WaitAsync(cancellationToken);
        return values is [{ IsNull: false } organization, var agent, { IsNull: false } session] && organization == organizationId
            ? (agent.IsNullOrEmpty ? null : (string?)agent, (string)session!)
            : null;
    }

    private static RedisKey Key(string hash) => $"client-secret:{hash}";
}
