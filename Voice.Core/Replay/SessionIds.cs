using System.Security.Cryptography;
using System.Text;

namespace Voice.Core.Replay;

/// <summary>
/// Ids of a session's items, responses and turns: made from the session's own id and a number, so that a replay makes the same ones. As
/// unique as the session's id; 128 bits in hex, like all of the platform's. Not thread-safe: called under the conversation's gate.
/// </summary>
public sealed class SessionIds(string sessionId)
{
    private readonly string _root = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, 12));
    private int _number;

    public string Next(string prefix) => $"{prefix}_{_root}{++_number:x8}";
}
