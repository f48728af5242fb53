using System.Text.Json.Serialization;

namespace Voice.Gateway.Limits;

/// <summary>What an organization or a key has instead of the installation's own; null is as configured.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LimitSettings
{
    public static readonly LimitSettings None = new();

    public RateSetting? Requests { get; init; }

    public RateSetting? AudioSeconds { get; init; }

    public RateSetting? Characters { get; init; }

    public RateSetting? Tokens { get; init; }

    public int? ConcurrentSessions { get; init; }

    /// <summary>By kind of usage. Of organizations only.</summary>
    public IReadOnlyDictionary<string, long>? Monthly { get; init; }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem()
    {
        foreach (var (name, rate) in new[] { ("requests", Requests), ("audio_seconds", AudioSeconds), ("characters", Characters), ("tokens", Tokens) })
        {
            if (rate is not null && !rate.IsSensible)
            {
                return $"{name} must have permits of at least 1, window_seconds from 1 to 86400, burst of at least 1, and at most {RateOptions.MaxPerSecond:0} permits a second.";
            }
        }

        return ConcurrentSessions is < 1 or > 1_000_000 ? "concurrent_sessions must be between 1 and 1000000."
            : Monthly?.Any(quota => quota.Value < 0) == true ? "monthly quotas must not be negative."
            : null;
    }
}

/// <summary>So many in so long.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RateSetting([property: JsonRequired] long Permits, int WindowSeconds = 60, long? Burst = null)
{
    [JsonIgnore]
    public bool IsSensible => Permits is >= 1 and <= 1_000_000_000 && WindowSeconds is >= 1 and <= 86_400 && Burst is null or (>= 1 and <= 1_000_000_000)
        && Permits / (double)WindowSeconds <= RateOptions.MaxPerSecond;

    public RateOptions AsOptions() => new() { Permits = Permits, Window = TimeSpan.FromSeconds(WindowSeconds), Burst = Burst };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LimitSettings))]
internal sealed partial class LimitSettingsJson : JsonSerializerContext;
