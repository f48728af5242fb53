using System.Collections.Concurrent;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Routing;

/// <summary>
/// Signs once for many requests: a signature costs more than all the rest of passing a request on. A token is used for the first part of its life,
/// so that whoever gets it has most of it left.
/// </summary>
internal sealed class CallerTokens(IdentityTokens tokens, TimeProvider time)
{
    private static readonly TimeSpan UsedFor = TimeSpan.FromSeconds(20);

    /// <summary>A flood of different callers empties the memory instead of filling it.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<(Caller Caller, string Audience), Signed> _signed = new();

    /// <summary>As an Authorization header has it.</summary>
    public string Bearer(Caller caller, string audience)
    {
        // Everything that the token says is part of the key: another role or scope is another token, at once.
        if (_signed.TryGetValue((caller, audience), out var signed) && time.GetElapsedTime(signed.At) < UsedFor)
        {
            return signed.Bearer;
        }

        if (_signed.Count >= Capacity)
        {
            _signed.Clear();
        }

        var bearer = $"Bearer {tokens.Issue(caller, audience)}";
        _signed[(caller, audience)] = new Signed(bearer, time.GetTimestamp());
        return bearer;
    }

    private sealed record Signed(string Bearer, long At);
}
