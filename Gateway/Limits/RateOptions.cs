using System.ComponentModel.DataAnnotations;

namespace Voice.Gateway.Limits;

/// <summary>So many in so long: a bucket that holds <see cref="Burst"/> and is refilled evenly.</summary>
internal sealed class RateOptions
{
    /// <summary>Faster than this the clock of the limiter (microseconds) is too coarse to be exact.</summary>
    public const double MaxPerSecond = 100_000;

    [Range(1, 1_000_000_000)]
    public long Permits { get; set; }

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>At once after a pause; as many as <see cref="Permits"/> unless given.</summary>
    [Range(1, 1_000_000_000)]
    public long? Burst { get; set; }
}
