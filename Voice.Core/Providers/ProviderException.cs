namespace Voice.Core.Providers;

/// <summary>A speech, language or translation provider refused a request or failed at it.</summary>
/// <param name="code">Stable, for clients: <c>provider_unavailable</c>, <c>provider_busy</c>, <c>provider_rejected</c>, <c>provider_failed</c>,
/// <c>unsupported_language</c>, <c>unsupported_value</c> for another value of the request that this provider cannot take.</param>
/// <param name="message">Safe to show: names what was wrong and what is accepted, never a key and never user content.</param>
public sealed class ProviderException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public string Code { get; } = code;

    /// <summary>Asking again does not help before somebody changes the configuration: the key is refused.</summary>
    public bool IsLasting { get; init; }

    /// <summary>How long the provider wants to be left alone, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
