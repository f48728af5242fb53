using System.Text.Json;

namespace Voice.ServiceDefaults.Identity.Jwt;

/// <summary>The claims of a token whose signature is good, or why it is refused.</summary>
public readonly record struct JwtReading(JsonElement Claims, string? Kid, string? Reason)
{
    internal static JwtReading Refused(string reason) => new(default, null, reason);
}

public enum JwtTime
{
    Valid,
    Expired,
    NotYet,

    /// <summary>It does not say when it was made or when it ends.</summary>
    Invalid,
}
