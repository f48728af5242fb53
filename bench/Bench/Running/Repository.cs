namespace Voice.Bench.Running;

/// <summary>Where the checkout and its test data lie.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary><c>--data</c>, <c>VOICE_TEST_DATA</c>, or <c>../shared/data</c> beside the checkout.</summary>
    public static string? DataFolder(IReadOnlyDictionary<string, string> options)
    {
        if (options.TryGetValue("data", out var given))
        {
            return File.Exists(Path.Combine(given, "INDEX.tsv"))
                ? Path.GetFullPath(given)
                : throw new BenchmarkException($"{given} has no INDEX.tsv.");
        }

        var folder = Environment.GetEnvironmentVariable("VOICE_TEST_DATA") ?? Path.Combine(Root, "..", "shared", "data");
        return File.Exists(Path.Combine(folder, "INDEX.tsv")) ? Path.GetFullPath(folder) : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VoiceAspire.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new BenchmarkException("Benchmarks run from inside the repository.");
    }
}
