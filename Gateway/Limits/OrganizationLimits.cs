namespace Voice.Gateway.Limits;

/// <summary>What the database says about one organization: its own limits, its keys', and what it has used this month.</summary>
/// <param name="Used">By kind, since the month began.</param>
internal sealed record OrganizationLimits(
    LimitSettings Own, IReadOnlyDictionary<string, LimitSettings> BySubject, IReadOnlyDictionary<string, decimal> Used)
{
    public static readonly OrganizationLimits None = new(
        LimitSettings.None, new Dictionary<string, LimitSettings>(), new Dictionary<string, decimal>());
}
