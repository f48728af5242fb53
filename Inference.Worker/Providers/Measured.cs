namespace Voice.Inference.Providers;

/// <summary>Numbers of strangers, within what they can mean: JSON has numbers that are no times.</summary>
internal static class Measured
{
    private const double Longest = 7 * 24 * 3600;

    public static double Seconds(double? value) => value is { } seconds && double.IsFinite(seconds) ? Math.Clamp(seconds, 0, Longest) : 0;

    public static double Confidence(double? value) => value is { } known && double.IsFinite(known) ? Math.Clamp(known, 0, 1) : 0;

    public static double? ConfidenceOrNone(double? value) => value is { } known && double.IsFinite(known) ? Math.Clamp(known, 0, 1) : null;
}
