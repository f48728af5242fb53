namespace Voice.ServiceDefaults.Telemetry;

/// <summary>How measurements of an instrument add up.</summary>
internal enum MetricKind
{
    /// <summary>Reports increments; only rises.</summary>
    Counter,

    /// <summary>Reports increments, which may be negative.</summary>
    UpDown,

    /// <summary>Reports the value itself.</summary>
    Gauge,

    /// <summary>Reports its total when asked; only rises.</summary>
    ObservedCounter,

    Histogram,
}
