namespace Voice.Bench.Running;

internal static class Percentiles
{
    /// <summary>Nearest rank: the smallest sample that at least <paramref name="percent"/> of all samples do not exceed.</summary>
    public static double Of(IEnumerable<double> samples, double percent)
    {
        var sorted = samples.Order().ToArray();
        return sorted.Length == 0
            ? throw new BenchmarkException("No samples.")
            : sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
