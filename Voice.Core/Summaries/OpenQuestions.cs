namespace Voice.Core.Summaries;

/// <summary>What the user asked and got no answer to: no reply at all, or one that says it has none.</summary>
internal static class OpenQuestions
{
    private const int Maximum = 10;

    public static IReadOnlyList<string> Find(IReadOnlyList<Utterance> utterances, LanguageProfile profile)
    {
        var open = new List<string>();
        for (var i = 0; i < utterances.Count && open.Count < Maximum; i++)
        {
            if (utterances[i].Speaker != Speakers.User)
            {
                continue;
            }

            var reply = utterances.Skip(i + 1).FirstOrDefault(u => u.Speaker == Speakers.Assistant && u.TurnSequence >= utterances[i].TurnSequence)?.Text;
            if (string.IsNullOrWhiteSpace(reply) || profile.IsNonAnswer(reply))
            {
                open.AddRange(SentenceSplitter.Split(utterances[i].Text).Where(s => profile.IsQuestion(s) && !profile.IsRitual(s)));
            }
        }

        return [.. open.Distinct(StringComparer.OrdinalIgnoreCase).Take(Maximum)];
    }
}
