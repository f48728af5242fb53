namespace Voice.Core.Summaries;

/// <summary>
/// Picks the sentences that stand for a conversation: central ones (TextRank), what the user came for, answers to questions; not
/// politeness, not the same thing twice (maximal marginal relevance). Deterministic.
/// </summary>
public static class ExtractiveSummarizer
{
    private const int MinimumSentences = 2;
    private const int MaximumSentences = 6;
    private const int MaximumWords = 120;

    /// <summary>One in this many sentences of the conversation is kept.</summary>
    private const double Compression = 5;

    /// <summary>What people came for is what readers look for: the user's side counts a little more, and most at the start.</summary>
    private const double UserWeight = 1.15;
    private const double OpeningWeight = 1;

    /// <summary>A question in the summary asks for its answer.</summary>
    private const double PairWeight = 1.5;

    /// <summary>How much of a sentence's worth saying something already picked costs.</summary>
    private const double Redundancy = 0.7;
    private const double SaidAlready = 0.9;

    /// <param name="utterances">In the order they were said.</param>
    public static ExtractiveSummary Summarize(IReadOnlyList<Utterance> utterances, string language)
    {
        var profile = LanguageProfile.For(language);
        var candidates = Candidates(utterances, profile);
        Score(candidates, profile);
        var picked = Pick(candidates);
        var best = picked.Count > 0 ? picked.Max(c => c.Score) : 1;
        var sentences = picked
            .OrderBy(c => c.Order)
            .Select(c => new SummarySentence(c.TurnSequence, c.Speaker, c.Text, Math.Round(best > 0 ? c.Score / best : 0, 3)))
            .ToList();
        return new ExtractiveSummary(
            ExtractiveSummary.Extractive,
            profile.Language,
            Join(sentences),
            sentences,
            TopicFinder.Find(utterances, profile),
            OpenQuestions.Find(utterances, profile));
    }

    private static List<Candidate> Candidates(IReadOnlyList<Utterance> utterances, LanguageProfile profile)
    {
        var all = utterances
            .SelectMany(u => SentenceSplitter.Split(u.Text).Select(text => (u, text)))
            .Select((said, order) => new Candidate(order, said.u.TurnSequence, said.u.Speaker, said.text, [.. profile.Terms(said.text).Select(t => t.Stem)], profile.IsQuestion(said.text), profile.IsRitual(said.text)))
            .ToList();

        // Hours of talk: every nth sentence of it still shows what it was about, and the graph stays small.
        var step = (all.Count / SentenceRank.MaximumSentences) + 1;
        return step == 1 ? all : [.. all.Where((_, i) => i % step == 0)];
    }

    private static void Score(List<Candidate> candidates, LanguageProfile profile)
    {
        var vectors = TermVector.For([.. candidates.Select(c => c.Stems)]);
        var ranks = SentenceRank.Of(vectors);
        var firstAsk = candidates.Find(c => c.Speaker == Speakers.User && !c.IsRitual && c.Stems.Count >= 2);
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            candidate.Vector = vectors[i];
            candidate.Score = ranks[i] * candidates.Count * Weight(candidate, candidates, i, firstAsk, profile);
        }
    }

    private static double Weight(Candidate candidate, List<Candidate> candidates, int index, Candidate? firstAsk, LanguageProfile profile)
    {
        var weight = candidate.IsRitual ? 0.05 : 1.0;

        // One or two content words make a fragment; very long sentences win the graph by size alone.
        weight *= candidate.Stems.Count switch { 0 => 0.05, 1 => 0.4, 2 => 0.7, <= 18 => 1, <= 30 => 0.8, _ => 0.6 };
        if (candidate.Speaker == Speakers.User)
        {
            weight *= UserWeight * (1 + (OpeningWeight / (1 + candidate.TurnSequence - (firstAsk?.TurnSequence ?? 1))));
        }

        if (ReferenceEquals(candidate, firstAsk))
        {
            weight *= 1.5;
        }

        if (candidate.Speaker == Speakers.Assistant && candidate.IsQuestion)
        {
            // What the assistant asks is told better by what the user then says.
            weight *= 0.6;
        }

        if (candidate.Speaker == Speakers.Assistant && !candidate.IsQuestion && AnswersQuestion(candidates, index))
        {
            weight *= profile.IsNonAnswer(candidate.Text) ? 0.7 : 1.4;
        }

        return weight;
    }

    /// <summary>The user's last sentence before this reply asked something.</summary>
    private static bool AnswersQuestion(List<Candidate> candidates, int index)
    {
        var user = candidates.FindLastIndex(index, c => c.Speaker == Speakers.User);
        return user >= 0 && index - user <= 3 && candidates[user].IsQuestion;
    }

    private static List<Candidate> Pick(List<Candidate> candidates)
    {
        var budget = Math.Clamp((int)Math.Ceiling(candidates.Count / Compression), MinimumSentences, MaximumSentences);
        var picked = new List<Candidate>();
        var words = 0;
        while (picked.Count < budget)
        {
            var next = candidates
                .Where(c => !picked.Contains(c) && !c.IsRitual && c.Stems.Count > 0 && (words == 0 || words + c.Words <= MaximumWords))
                .Select(c => (Candidate: c, Known: picked.Select(p => p.Vector!.Cosine(c.Vector!)).DefaultIfEmpty(0).Max()))
                .Where(c => c.Known < SaidAlready)
                .OrderByDescending(c => c.Candidate.Score * (Answers(c.Candidate, picked) ? PairWeight : 1) * (1 - (Redundancy * c.Known)))
                .FirstOrDefault().Candidate;
            if (next is null)
            {
                break;
            }

            picked.Add(next);
            words += next.Words;
        }

        return picked;
    }

    /// <summary>The reply to a question that is in the summary; at most one sentence of it.</summary>
    private static bool Answers(Candidate candidate, List<Candidate> picked) =>
        candidate.Speaker == Speakers.Assistant
        && !candidate.IsQuestion
        && picked.Exists(p => p.Speaker == Speakers.User && p.IsQuestion && p.TurnSequence == candidate.TurnSequence)
        && !picked.Exists(p => p.Speaker == Speakers.Assistant && p.TurnSequence == candidate.TurnSequence);

    private static string Join(List<SummarySentence> sentences) =>
        string.Join('\n', sentences.Select(s => (s.Speaker == Speakers.User ? "User: " : "Assistant: ") + s.Text));

    private sealed record Candidate(
        int Order, int TurnSequence, string Speaker, string Text, IReadOnlyList<string> Stems, bool IsQuestion, bool IsRitual)
    {
        public double Score { get; set; }

        public TermVector? Vector { get; set; }

        public int Words { get; } = Text.Count(c => c == ' ') + 1;
    }
}
