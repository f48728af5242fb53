namespace Voice.Core.Summaries;

/// <summary>A sentence as weighted stems, for the cosine between two of them.</summary>
internal sealed class TermVector
{
    private readonly Dictionary<string, double> _weights;
    private readonly double _length;

    private TermVector(Dictionary<string, double> weights)
    {
        _weights = weights;
        _length = Math.Sqrt(weights.Values.Sum(w => w * w));
    }

    public int Count => _weights.Count;

    /// <summary>TF-IDF over the sentences of this conversation: what every sentence says tells them not apart.</summary>
    public static IReadOnlyList<TermVector> For(IReadOnlyList<IReadOnlyList<string>> sentences)
    {
        var documents = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var stem in sentences.SelectMany(s => s.Distinct(StringComparer.Ordinal)))
        {
            documents[stem] = documents.GetValueOrDefault(stem) + 1;
        }

        return [.. sentences.Select(sentence => new TermVector(sentence
            .GroupBy(stem => stem, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (1 + Math.Log(g.Count())) * Math.Log(1 + (sentences.Count / (double)documents[g.Key])), StringComparer.Ordinal)))];
    }

    public double Cosine(TermVector other)
    {
        if (_length == 0 || other._length == 0)
        {
            return 0;
        }

        var (small, large) = _weights.Count <= other._weights.Count ? (this, other) : (other, this);
        var dot = small._weights.Sum(w => w.Value * large._weights.GetValueOrDefault(w.Key));
        return dot / (_length * other._length);
    }
}
