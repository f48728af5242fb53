namespace Voice.ServiceDefaults.Identity.Keys;

/// <summary>When keys of one purpose follow each other.</summary>
/// <param name="Purpose">Part of what seals a key at rest.</param>
/// <param name="SignFor">How long a key signs.</param>
/// <param name="PublishBefore">How long before it signs a key is published; longer than anybody keeps the published keys.</param>
/// <param name="PublishAfter">How long after its last signature; longer than any token lives.</param>
public sealed record KeySchedule(string Purpose, TimeSpan SignFor, TimeSpan PublishBefore, TimeSpan PublishAfter)
{
    /// <summary>For tokens between services, which live a minute; verifiers keep keys for five.</summary>
    public static KeySchedule Internal { get; } = new("internal", TimeSpan.FromDays(7), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15));

    /// <summary>For access tokens, which live fifteen minutes; partners' verifiers keep keys for as long as the answer says, five minutes.</summary>
    public static KeySchedule Access { get; } = new("access", TimeSpan.FromDays(30), TimeSpan.FromHours(1), TimeSpan.FromHours(1));
}
