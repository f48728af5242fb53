namespace Voice.Core.Summaries;

/// <summary>
/// TextRank (Mihalcea and Tarau, 2004): a sentence matters as much as the sentences that resemble it. PageRank over the graph of
/// cosine similarities.
/// </summary>
internal static class SentenceRank
{
    private const double Damping = 0.85;
    private const double Converged = 1e-6;
    private const int MaximumRounds = 100;

    /// <summary>The graph grows with the square; the middle of a very long conversation is thinned by the caller instead.</summary>
    public const int MaximumSentences = 600;

    public static double[] Of(IReadOnlyList<TermVector> sentences)
    {
        var count = sentences.Count;
        var similarity = Similarities(sentences);
        var outgoing = similarity.Select(row => row.Sum()).ToArray();
        var rank = Enumerable.Repeat(1.0 / Math.Max(1, count), count).ToArray();
        for (var round = 0; round < MaximumRounds; round++)
        {
            var next = new double[count];
            for (var i = 0; i < count; i++)
            {
                var incoming = 0.0;
                for (var j = 0; j < count; j++)
                {
                    incoming += outgoing[j] > 0 ? similarity[j][i] / outgoing[j] * rank[j] : 0;
                }

                next[i] = ((1 - Damping) / count) + (Damping * incoming);
            }

            var change = next.Zip(rank, (a, b) => Math.Abs(a - b)).Sum();
            rank = next;
            if (change < Converged)
            {
                break;
            }
        }

        return rank;
    }

    private static double[][] Similarities(IReadOnlyList<TermVector> sentences)
    {
        var similarity = sentences.Select(_ => new double[sentences.Count]).ToArray();
        for (var i = 0; i < sentences.Count; i++)
        {
            for (var j = i + 1; j < sentences.Count; j++)
            {
                similarity[i][j] = similarity[j][i] = sentences[i].Cosine(sentences[j]);
            }
        }

        return similarity;
    }
}
