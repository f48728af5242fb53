using Voice.Core.Text;

namespace Voice.Core.Tests.Text;

/// <summary>
/// What people say, and where they may pause in the middle of it: <c>|</c> stands where the words ask for more; what has one at its end is
/// no whole sentence. One set per language was looked at while the rules were written, the other ("unseen") is only measured on.
/// </summary>
internal sealed record SpokenPhrases(IReadOnlyList<string> Unfinished, IReadOnlyList<string> Finished)
{
    public static SpokenPhrases Read(string name)
    {
        List<string> unfinished = [], finished = [];
        foreach (var parts in Lines(name))
        {
            for (var said = 1; said < parts.Length; said++)
            {
                unfinished.Add(string.Join(' ', parts[..said]));
            }

            if (parts[^1].Length > 0)
            {
                finished.Add(string.Join(' ', parts));
            }
        }

        return new([.. unfinished.Distinct()], [.. finished.Distinct()]);
    }

    /// <summary>Whole sentences, in the parts between which their speaker may pause.</summary>
    public static IReadOnlyList<string[]> Sentences(string name) => [.. Lines(name).Where(parts => parts[^1].Length > 0)];

    /// <summary>How many of these have each grade, from unfinished to finished.</summary>
    public static int[] Grades(IEnumerable<string> phrases, string language)
    {
        var counts = new int[4];
        foreach (var phrase in phrases)
        {
            counts[(int)UtteranceCompleteness.Of(phrase, language)]++;
        }

        return counts;
    }

    /// <summary>As a recogniser writes that takes every pause for the end of a sentence.</summary>
    public static string Punctuate(string phrase) => $"{char.ToUpperInvariant(phrase[0])}{phrase[1..]}.";

    private static IEnumerable<string[]> Lines(string name)
    {
        using var stream = typeof(SpokenPhrases).Assembly.GetManifestResourceStream($"Voice.Core.Tests.Text.Phrases.{name}.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Length > 0)
            {
                yield return line.Split('|', StringSplitOptions.TrimEntries);
            }
        }
    }
}
