using Voice.Core.Providers;

namespace Voice.Core.Resilience;

/// <summary>What a failed attempt says about the provider, and about asking again.</summary>
/// <param name="Outcome">For metrics: one of the constants below.</param>
/// <param name="Counts">It is the model that is at fault, not what was asked of it.</param>
/// <param name="Rounds">How often it is worth asking the same models again.</param>
public readonly record struct ProviderFault(string Code, string Outcome, bool Counts, int Rounds)
{
    public const string Unavailable = "unavailable";
    public const string Failing = "failed";
    public const string Rejected = "rejected";
    public const string Stalled = "stalled";
    public const string Busy = "busy";

    /// <summary>Null for what is no provider's failure.</summary>
    public static ProviderFault? From(Exception exception) => exception switch
    {
        ProviderStallException => new("provider_unavailable", Stalled, true, 0),
        ProviderException { IsLasting: true } known => new(known.Code, Unavailable, true, 0),
        ProviderException { Code: "provider_busy" } known => new(known.Code, Busy, false, 0),
        ProviderException { Code: "provider_unavailable" } known => new(known.Code, Unavailable, true, int.MaxValue),
        ProviderException { Code: "provider_rejected" or "unsupported_language" or "unsupported_value" } known => new(known.Code, Rejected, false, 0),
        ProviderException known => new(known.Code, Failing, true, 1),
        HttpRequestException { StatusCode: null } => new("provider_unavailable", Unavailable, true, int.MaxValue),
        HttpRequestException or IOException => new("provider_failed", Failing, true, 1),
        // An adapter's own time limit; the caller's cancellation is told apart before this.
        OperationCanceledException => new("provider_unavailable", Stalled, true, 0),
        _ => null,
    };
}
