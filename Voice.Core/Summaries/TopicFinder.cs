namespace Voice.Core.Summaries;

/// <summary>What a conversation was about: its content words and word pairs that come back, in the form they were said most.</summary>
internal static class TopicFinder
{
    private const int MaximumTopics = 6;
    private const int MaximumPairs = 3;

    public static IReadOnlyList<string> Find(IEnumerable<Utterance> utterances, LanguageProfile profile)
    {
        var words = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        var pairs = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        foreach (var utterance in utterances)
        {
            foreach (var sentence in SentenceSplitter.Split(utterance.Text).Where(s => !profile.IsRitual(s)))
            {
                Collect(profile.Terms(sentence).ToList(), utterance, words, pairs);
            }
        }

        // A pair that comes back says more than its two words: it stands for them.
        var covered = new HashSet<string>(StringComparer.Ordinal);
        var chosen = new List<KeyValuePair<string, Candidate>>();
        foreach (var pair in pairs.Where(p => p.Value.Count > 1).OrderByDescending(p => p.Value.Score).ThenBy(p => p.Value.First))
        {
            if (chosen.Count < MaximumPairs && !pair.Key.Split(' ').Any(covered.Contains))
            {
                chosen.Add(pair);
                covered.UnionWith(pair.Key.Split(' '));
            }
        }

        var single = words.Where(w => !covered.Contains(w.Key) && !w.Key.All(char.IsDigit))
            .OrderByDescending(w => w.Value.Score).ThenBy(w => w.Value.First);
        return [.. chosen.Concat(single).Take(MaximumTopics).OrderByDescending(c => c.Value.Score).Select(c => c.Value.Surface)];
    }

    private static void Collect(
        List<Term> terms, Utterance utterance, Dictionary<string, Candidate> words, Dictionary<string, Candidate> pairs)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            Add(words, terms[i].Stem, terms[i].Surface, utterance);
            if (i > 0 && terms[i].Position == terms[i - 1].Position + terms[i - 1].Surface.Length + 1)
            {
                Add(pairs, $"{terms[i - 1].Stem} {terms[i].Stem}", $"{terms[i - 1].Surface} {terms[i].Surface}", utterance);
            }
        }
    }

    private static void Add(Dictionary<string, Candidate> candidates, string key, string surface, Utterance utterance)
    {
        if (!candidates.TryGetValue(key, out var candidate))
        {
            candidates[key] = candidate = new Candidate(candidates.Count);
        }

        candidate.Seen(surface, utterance);
    }

    private sealed class Candidate(int first)
    {
        private readonly Dictionary<string, int> _surfaces = new(StringComparer.Ordinal);
        private readonly HashSet<(int, string)> _turns = [];

        public int First => first;

        public int Count => _surfaces.Values.Sum();

        /// <summary>Often, in many turns, by both sides; a little for length, as long words name things.</summary>
        public double Score => Count + _turns.Count + (_turns.Select(t => t.Item2).Distinct().Count() > 1 ? 1 : 0) + (Math.Min(Surface.Length, 12) / 12.0);

        public string Surface => _surfaces.MaxBy(s => s.Value).Key;

        public void Seen(string surface, Utterance utterance)
        {
            _surfaces[surface] = _surfaces.GetValueOrDefault(surface) + 1;
            _turns.Add((utterance.TurnSequence, utterance.Speaker));
        }
    }
}
