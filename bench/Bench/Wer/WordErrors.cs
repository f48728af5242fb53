namespace Voice.Bench.Wer;

/// <summary>How a hypothesis differs from what was said, by the cheapest alignment.</summary>
/// <param name="Words">Of the reference.</param>
internal sealed record WordErrors(int Substitutions, int Deletions, int Insertions, int Words)
{
    public int Count => Substitutions + Deletions + Insertions;

    public double Rate => Words == 0 ? 0 : (double)Count / Words;

    public static WordErrors operator +(WordErrors a, WordErrors b) =>
        new(a.Substitutions + b.Substitutions, a.Deletions + b.Deletions, a.Insertions + b.Insertions, a.Words + b.Words);

    public static WordErrors Between(IReadOnlyList<string> reference, IReadOnlyList<string> hypothesis)
    {
        // Each cell keeps its kinds of error, so that the total can be taken apart without a way back.
        var row = new WordErrors[hypothesis.Count + 1];
        for (var j = 0; j <= hypothesis.Count; j++)
        {
            row[j] = new WordErrors(0, 0, j, reference.Count);
        }

        for (var i = 1; i <= reference.Count; i++)
        {
            var diagonal = row[0];
            row[0] = new WordErrors(0, i, 0, reference.Count);
            for (var j = 1; j <= hypothesis.Count; j++)
            {
                var above = row[j];
                var match = reference[i - 1] == hypothesis[j - 1] ? diagonal : diagonal with { Substitutions = diagonal.Substitutions + 1 };
                var lost = above with { Deletions = above.Deletions + 1 };
                var added = row[j - 1] with { Insertions = row[j - 1].Insertions + 1 };
                row[j] = match.Count <= lost.Count && match.Count <= added.Count ? match : lost.Count <= added.Count ? lost : added;
                diagonal = above;
            }
        }

        return row[^1];
    }
}
