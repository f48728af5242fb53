namespace Voice.Export.Tests;

/// <summary>ROUGE-1 and ROUGE-2 F1: words and word pairs that a summary shares with a reference.</summary>
internal static class Rouge
{
    public static double F1(string summary, string reference, int n)
    {
        var (ours, theirs) = (Grams(summary, n), Grams(reference, n));
        var shared = ours.Sum(gram => Math.Min(gram.Value, theirs.GetValueOrDefault(gram.Key)));
        if (shared == 0)
        {
            return 0;
        }

        double precision = shared / (double)ours.Values.Sum(), recall = shared / (double)theirs.Values.Sum();
        return 2 * precision * recall / (precision + recall);
    }

    private static Dictionary<string, int> Grams(string text, int n)
    {
        var words = new string([.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, Math.Max(0, words.Length - n + 1))
            .Select(i => string.Join(' ', words[i..(i + n)]))
            .GroupBy(gram => gram)
            .ToDictionary(g => g.Key, g => g.Count());
    }
}
