using System.Globalization;

namespace Voice.ServiceDefaults.Http.Deprecation;

/// <summary>On endpoints that are going away; the headers are written once, when the endpoint is mapped.</summary>
internal sealed class DeprecationMetadata
{
    /// <summary>Where deprecations are explained: the reference, which marks what is going away.</summary>
    private const string Documentation = "/docs";

    public DeprecationMetadata(DateTimeOffset since, DateTimeOffset? sunset, string? successor)
    {
        if (sunset <= since)
        {
            throw new ArgumentException("What is deprecated goes away later than that.", nameof(sunset));
        }

        (Since, SunsetAt, Successor) = (since, sunset, successor);
        Deprecation = string.Create(CultureInfo.InvariantCulture, $"@{since.ToUnixTimeSeconds()}");
        Sunset = sunset?.ToString("R", CultureInfo.InvariantCulture);
        Link = $"<{Documentation}>; rel=\"deprecation\"; type=\"text/html\"" + (successor is null ? "" : $", <{successor}>; rel=\"successor-version\"");
    }

    public DateTimeOffset Since { get; }

    public DateTimeOffset? SunsetAt { get; }

    public string? Successor { get; }

    /// <summary>RFC 9745: a date as a structured field.</summary>
    public string Deprecation { get; }

    /// <summary>RFC 8594: an HTTP date.</summary>
    public string? Sunset { get; }

    public string Link { get; }

    /// <summary>For the API document.</summary>
    public string Sentence =>
        $"Deprecated since {Since:yyyy-MM-dd}{(SunsetAt is { } end ? $", gone from {end:yyyy-MM-dd} on" : "")}.{(Successor is null ? "" : $" Use `{Successor}`.")}";
}
