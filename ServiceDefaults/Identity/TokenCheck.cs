namespace Voice.ServiceDefaults.Identity;

/// <summary>Who the token names, or why it is refused.</summary>
internal sealed record TokenCheck(Caller? Caller, string? Code, string? Reason)
{
    public const string KeysUnavailable = "keys_unavailable";

    public static TokenCheck Accepted(Caller caller) => new(caller, null, null);

    public static TokenCheck Refused(string code, string reason) => new(null, code, reason);
}
