namespace Voice.Core.Resilience;

public enum BreakerState
{
    Closed,

    /// <summary>Nobody asks.</summary>
    Open,

    /// <summary>One asks, for all.</summary>
    HalfOpen,
}
