namespace Aspire.StackExchange.Redis;

/// <summary>Bound from <c>Aspire:StackExchange:Redis</c>, then <c>…:&lt;connection name&gt;</c>, then <c>ConnectionStrings:&lt;connection name&gt;</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    public string? ConnectionString { get; set; }

    /// <summary>Without this the connection is opened at start, not by the first request.</summary>
    public bool DisableAutoActivation { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }
}
