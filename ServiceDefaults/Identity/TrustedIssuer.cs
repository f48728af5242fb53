namespace Voice.ServiceDefaults.Identity;

/// <summary>A service whose tokens another believes.</summary>
/// <param name="AtMost">What callers may do whom it speaks for, whatever its tokens say; null for no bound.</param>
public sealed record TrustedIssuer(string Name, ScopeSet? AtMost = null)
{
    public static TrustedIssuer Gateway { get; } = new(ServiceNames.Gateway);
}
