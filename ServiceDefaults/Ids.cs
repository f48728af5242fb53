namespace Voice.ServiceDefaults;

/// <summary>Identifiers: a prefix that says what it names, then 32 hex digits of a version-7 UUID, so that they sort by time.</summary>
public static class Ids
{
    public static string New(string prefix, TimeProvider timeProvider) =>
        $"{prefix}_{Guid.CreateVersion7(timeProvider.GetUtcNow()):n}";
}
