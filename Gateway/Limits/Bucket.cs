using System.Globalization;

namespace Voice.Gateway.Limits;

/// <summary>One limit that a request counts against.</summary>
/// <param name="Name">What the headers call it.</param>
/// <param name="Key">Where Redis keeps it.</param>
/// <param name="Capacity">The most that it holds.</param>
/// <param name="Interval">Microseconds until one more is there.</param>
/// <param name="Cost">What this request takes.</param>
internal sealed record Bucket(string Name, string Key, long Capacity, double Interval, long Cost)
{
    public static Bucket Of(string name, string key, RateOptions rate, long cost = 1)
    {
        var capacity = rate.Burst ?? rate.Permits;
        // More than the bucket ever holds would never be let in; it is taken whole instead, and the rest is charged when it is known.
        return new(name, key, capacity, rate.Window.TotalMicroseconds / rate.Permits, Math.Min(cost, capacity));
    }

    /// <summary>Its member of <c>RateLimit-Policy</c>: the quota and the seconds in which it is refilled.</summary>
    public string Policy { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={Capacity};w={Math.Max(1, Math.Ceiling(Capacity * Interval / 1e6))}");
}
