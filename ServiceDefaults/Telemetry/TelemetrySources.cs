namespace Voice.ServiceDefaults.Telemetry;

/// <summary>Which of the process's activities and instruments are the platform's business.</summary>
internal static class TelemetrySources
{
    public const string OwnPrefix = "Voice.";

    private static readonly HashSet<string> FrameworkActivities = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    private static readonly HashSet<string> FrameworkMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics", "System.Net.Http", "System.Runtime", "Npgsql"];

    public static readonly string[] Activities = [.. FrameworkActivities, OwnPrefix + "*"];

    public static readonly string[] Meters = [.. FrameworkMeters, OwnPrefix + "*"];

    public static bool IsActivity(string source) => source.StartsWith(OwnPrefix, StringComparison.Ordinal) || FrameworkActivities.Contains(source);

    public static bool IsMeter(string meter) => meter.StartsWith(OwnPrefix, StringComparison.Ordinal) || FrameworkMeters.Contains(meter);

    /// <summary>Paths that machines ask every few seconds; their traces would bury all others.</summary>
    public static bool IsProbe(string path) => path is "/health" or "/alive" or "/metrics";
}
