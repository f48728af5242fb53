using System.Globalization;
using System.Text;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>
/// The Prometheus text exposition format 0.0.4:
/// <code>
/// # HELP http_server_request_duration_seconds Duration of HTTP server requests.
/// # TYPE http_server_request_duration_seconds histogram
/// http_server_request_duration_seconds_bucket{http_route="/",le="0.005"} 1
/// </code>
/// </summary>
internal static class PrometheusText
{
    private static readonly string[] Reserved = ["count", "sum", "bucket", "total"];

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder(16 * 1024);
        // Two meters may have an instrument of the same name; a name is described once, and a series is written once.
        foreach (var group in families.GroupBy(family => family.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var first = group.First();
            var written = new HashSet<string>();
            foreach (var (family, series) in group.Where(family => family.Kind == first.Kind).SelectMany(family => family.Snapshot().Select(series => (family, series))))
            {
                if (written.Count == 0)
                {
                    text.Append("# HELP ").Append(group.Key).Append(' ').Append(EscapeHelp(first.Description ?? group.Key)).Append('\n');
                    text.Append("# TYPE ").Append(group.Key).Append(' ').Append(TypeOf(first.Kind)).Append('\n');
                }

                if (written.Add(series.Labels))
                {
                    WriteSeries(text, family, series);
                }
            }
        }

        return text.ToString();
    }

    /// <summary><c>http.server.request.duration</c> in <c>s</c> is <c>http_server_request_duration_seconds</c>; counters end in <c>_total</c>.</summary>
    public static string NameOf(string instrument, string? unit, MetricKind kind)
    {
        var name = new StringBuilder(Sanitize(instrument, allowColon: true));
        var suffix = UnitOf(unit);
        if (suffix is not null && !EndsWith(name, suffix))
        {
            name.Append('_').Append(suffix);
        }

        if (kind is MetricKind.Counter or MetricKind.ObservedCounter)
        {
            if (!EndsWith(name, "total"))
            {
                name.Append("_total");
            }
        }
        else if (Array.Exists(Reserved, suffix => EndsWith(name, suffix)))
        {
            // db.client.connection.count: the suffix would make it part of a histogram.
            name.Append("_current");
        }

        return name.ToString();
    }

    public static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        // The same tags in another order are the same series; a name given twice counts with its last value.
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            sorted[Sanitize(key, allowColon: false)] = value switch
            {
                null => "",
                bool flag => flag ? "true" : "false",
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? "",
            };
        }

        return string.Join(',', sorted.Select(pair => $"{pair.Key}=\"{EscapeLabel(pair.Value)}\""));
    }

    private static void WriteSeries(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        if (family.Kind != MetricKind.Histogram)
        {
            Sample(text, family.Name, series.Labels, series.Value);
            return;
        }

        long cumulative = 0;
        for (var i = 0; i < series.Buckets.Count; i++)
        {
            cumulative += series.Buckets[i];
            var bound = i < family.Bounds.Count ? Number(family.Bounds[i]) : "+Inf";
            Sample(text, family.Name + "_bucket", Join(series.Labels, $"le=\"{bound}\""), cumulative);
        }

        Sample(text, family.Name + "_sum", series.Labels, series.Value);
        Sample(text, family.Name + "_count", series.Labels, series.Count);
    }

    private static void Sample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Join(string labels, string more) => labels.Length == 0 ? more : $"{labels},{more}";

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" :
        double.IsPositiveInfinity(value) ? "+Inf" :
        double.IsNegativeInfinity(value) ? "-Inf" :
        value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter or MetricKind.ObservedCounter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    /// <summary>Annotations in braces (<c>{request}</c>) are not part of a name.</summary>
    private static string? UnitOf(string? unit) => unit switch
    {
        null or "" or "1" => null,
        "s" => "seconds",
        "By" => "bytes",
        _ when unit.StartsWith('{') => null,
        _ => Sanitize(unit, allowColon: false),
    };

    private static bool EndsWith(StringBuilder name, string suffix) =>
        name.Length > suffix.Length && name[^(suffix.Length + 1)] == '_' && name.ToString(name.Length - suffix.Length, suffix.Length) == suffix;

    private static string Sanitize(string name, bool allowColon)
    {
        var valid = string.Create(name.Length, (name, allowColon), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = state.name[i];
                span[i] = char.IsAsciiLetterOrDigit(c) || c == '_' || (c == ':' && state.allowColon) ? c : '_';
            }
        });
        return valid.Length == 0 || char.IsAsciiDigit(valid[0]) ? "_" + valid : valid;
    }

    private static string EscapeLabel(string value) => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    private static string EscapeHelp(string value) => value.Replace("\\", "\\\\").Replace("\n", "\\n");
}
