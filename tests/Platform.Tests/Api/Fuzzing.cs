using System.Globalization;

namespace Platform.Tests.Api;

/// <summary>How much, and from which seed: the same in every run, unless somebody looks further with VOICE_FUZZ_SEED and VOICE_FUZZ_CASES.</summary>
internal static class Fuzzing
{
    public static int Seed { get; } = Setting("VOICE_FUZZ_SEED", 20261121);

    /// <summary>Of each operation.</summary>
    public static int Cases { get; } = Setting("VOICE_FUZZ_CASES", 50);

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
