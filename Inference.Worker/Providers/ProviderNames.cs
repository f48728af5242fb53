using System.Text.RegularExpressions;

namespace Voice.Inference.Providers;

/// <summary>What a request's <c>model</c> may say besides the name of a model.</summary>
internal static partial class ProviderNames
{
    public const string Default = "default";

    /// <summary>The shortest measured time to a first result.</summary>
    public const string Fastest = "fastest";

    /// <summary>The lowest known price.</summary>
    public const string Cheapest = "cheapest";

    /// <summary>What runs on machines of ours.</summary>
    public const string Local = "local";

    public const string PocketSphinx = "pocketsphinx";
    public const string Flite = "flite";
    public const string Espeak = "espeak-ng";
    public const string Embedded = "embedded";
    public const string Apertium = "apertium";
    public const string Extractive = "extractive";
    public const string Simulated = "simulated";

    public const string Rule = "2 to 40 lower-case letters, digits and hyphens, the first a letter, and none of the names that have a meaning already.";

    private static readonly string[] EmbeddedNames = [PocketSphinx, Flite, Espeak, Embedded, Apertium, Extractive, Simulated];

    public static bool IsPolicy(string name) => name is Default or Fastest or Cheapest or Local;

    public static bool IsEmbedded(string name) => EmbeddedNames.Contains(name);

    public static bool IsValid(string name) => Pattern().IsMatch(name) && !IsPolicy(name) && !IsEmbedded(name) && name is not "check" and not "usage" and not "kinds";

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$")]
    private static partial Regex Pattern();
}
