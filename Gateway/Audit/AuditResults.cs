namespace Voice.Gateway.Audit;

/// <summary>What came of an act.</summary>
internal static class AuditResults
{
    public const string Succeeded = "succeeded";

    /// <summary>Refused: a wrong password, a missing scope, a limit.</summary>
    public const string Denied = "denied";

    /// <summary>Tried and not done, by no fault of who tried.</summary>
    public const string Failed = "failed";
}
