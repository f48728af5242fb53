namespace Voice.Bench.Running;

/// <summary>What a benchmark may use.</summary>
/// <param name="RepositoryRoot">Absolute.</param>
/// <param name="DataFolder">Recorded speech with an <c>INDEX.tsv</c>; null where there is none.</param>
/// <param name="Options">What the command line gave as <c>--name value</c>, without the dashes.</param>
/// <param name="Progress">Standard error: what a person watching wants to know. Figures never go there only.</param>
internal sealed record BenchmarkContext(
    string RepositoryRoot, string? DataFolder, IReadOnlyDictionary<string, string> Options, TextWriter Progress, TimeProvider Time)
{
    public int Integer(string option, int fallback, int minimum, int maximum)
    {
        if (!Options.TryGetValue(option, out var text))
        {
            return fallback;
        }

        return int.TryParse(text, out var value) && value >= minimum && value <= maximum
            ? value
            : throw new BenchmarkException($"--{option} must be a whole number from {minimum} to {maximum}.");
    }
}
