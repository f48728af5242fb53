using System.Text.RegularExpressions;

namespace Voice.Inference.Chat;

/// <summary>The entries below <c># Knowledge</c> in a system message, each a <c>## Title</c> and its text, indexed for retrieval.</summary>
internal sealed partial class KnowledgeBase
{
    private const double K1 = 1.2;
    private const double B = 0.6;
    private const double TitleWeight = 2.5;

    private readonly List<KnowledgePassage> _passages;
    private readonly Dictionary<string, double> _rarity;
    private readonly TermMatcher _matcher;
    private readonly double _averageLength;

    private KnowledgeBase(List<KnowledgePassage> passages)
    {
        _passages = passages;
        _averageLength = passages.Count == 0 ? 1 : passages.Average(p => p.Length);
        _rarity = passages.SelectMany(p => p.Terms.Keys.Distinct())
            .GroupBy(term => term)
            .ToDictionary(group => group.Key, group => Math.Log(1 + ((passages.Count - group.Count() + 0.5) / (group.Count() + 0.5))));
        _matcher = new TermMatcher(_rarity.Keys);
    }

    public bool IsEmpty => _passages.Count == 0;

    public IReadOnlyList<KnowledgePassage> Passages => _passages;

    public static KnowledgeBase Parse(string system)
    {
        var heading = KnowledgeHeading().Match(system);
        if (!heading.Success)
        {
            return new KnowledgeBase([]);
        }

        var body = system[(heading.Index + heading.Length)..];
        var titles = EntryHeading().Matches(body);
        var passages = new List<KnowledgePassage>(titles.Count);
        for (var i = 0; i < titles.Count; i++)
        {
            var start = titles[i].Index + titles[i].Length;
            var end = i + 1 < titles.Count ? titles[i + 1].Index : body.Length;
            passages.Add(new KnowledgePassage(titles[i].Groups[1].Value.Trim(), body[start..end].Trim(), TitleWeight));
        }

        return new KnowledgeBase(passages);
    }

    /// <summary>The passage that fits best; null where none fits well enough to be an answer.</summary>
    public KnowledgeMatch? Find(Question question)
    {
        var terms = question.Terms.Select(t => (t.Term, t.Weight, Match: _matcher.Find(t.Term))).ToList();
        // A word that no passage knows counts as a rare one: it is what the question is about, and it is not here.
        var unknown = Math.Log(1 + ((_passages.Count + 0.5) / 0.5));
        var asked = terms.Sum(t => t.Weight * (t.Match is { } m ? _rarity[m.Term] : unknown));
        KnowledgeMatch? best = null;
        foreach (var passage in _passages)
        {
            double score = 0, covered = 0;
            var matched = new Dictionary<string, double>();
            foreach (var (_, weight, match) in terms)
            {
                if (match is not { } hit || !passage.Terms.TryGetValue(hit.Term, out var frequency))
                {
                    continue;
                }

                var rarity = _rarity[hit.Term] * weight * hit.Similarity;
                score += rarity * frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * passage.Length / _averageLength))));
                covered += rarity;
                matched[hit.Term] = Math.Max(rarity, matched.GetValueOrDefault(hit.Term));
            }

            if (matched.Count > 0 && score > (best?.Score ?? 0))
            {
                best = new KnowledgeMatch(passage, score, asked == 0 ? 0 : covered / asked, matched);
            }
        }

        return best;
    }

    [GeneratedRegex(@"^#\s+Knowledge\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex KnowledgeHeading();

    [GeneratedRegex(@"^##\s+(.+)$", RegexOptions.Multiline)]
    private static partial Regex EntryHeading();
}
