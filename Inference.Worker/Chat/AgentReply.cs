using System.Text.RegularExpressions;

namespace Voice.Inference.Chat;

/// <summary>An agent's reply: small talk, or the one or two sentences of its knowledge that answer, or an honest no.</summary>
internal static partial class AgentReply
{
    /// <summary>Below this the passage is about something else; measured on the relevance set of the tests.</summary>
    private const double MinimumCoverage = 0.34;

    private const int SpokenLength = 260;

    public static string To(ReplyContext context)
    {
        var phrases = AgentPhrases.For(context.Language);
        var question = new Question(context.Latest, context.Previous);
        var match = context.Knowledge.Find(question);
        var answer = match is not null && match.Coverage >= MinimumCoverage ? Extract(match, question) : null;
        if (answer is not null)
        {
            return answer;
        }

        return SmallTalk(context.Latest, phrases) ?? (string.IsNullOrWhiteSpace(context.Latest) ? phrases.NotHeard : phrases.NotKnown);
    }

    private static string? SmallTalk(string text, AgentPhrases phrases) =>
        Identity().IsMatch(text) ? phrases.Identity
        : Goodbye().IsMatch(text) ? phrases.Goodbye
        : Thanks().IsMatch(text) ? phrases.Thanks
        : Greeting().IsMatch(text) ? phrases.Greeting
        : Person().IsMatch(text) ? phrases.TakeMessage
        : null;

    private static string Extract(KnowledgeMatch match, Question question)
    {
        var sentences = match.Passage.Sentences;
        if (sentences.Count == 0)
        {
            return match.Passage.Title;
        }

        var scores = sentences.Select(sentence => Score(sentence, match, question)).ToList();
        var best = scores.IndexOf(scores.Max());
        if (scores[best] <= 0)
        {
            best = 0;
        }

        // A second sentence where it answers too or continues the first, and the whole is short enough to listen to.
        var second = best + 1 < sentences.Count && (scores[best + 1] >= scores[best] * 0.5 || sentences[best].Length < 60) ? best + 1
            : best > 0 && scores[best - 1] >= scores[best] * 0.5 ? best - 1
            : best;
        var (first, last) = (Math.Min(best, second), Math.Max(best, second));
        return first == last || sentences[first].Length + sentences[last].Length > SpokenLength ? sentences[best] : $"{sentences[first]} {sentences[last]}";
    }

    private static double Score(string sentence, KnowledgeMatch match, Question question)
    {
        var score = Words.Content(sentence).Distinct().Sum(term => match.Terms.GetValueOrDefault(term));
        return score + (Answers(sentence, question.Wants) ? 1 : 0);
    }

    private static bool Answers(string sentence, AnswerKind kind) => kind switch
    {
        AnswerKind.Time => TimeWords().IsMatch(sentence),
        AnswerKind.Place => PlaceWords().IsMatch(sentence),
        AnswerKind.Amount => AmountWords().IsMatch(sentence),
        AnswerKind.Contact => ContactWords().IsMatch(sentence),
        _ => false,
    };

    private const RegexOptions Loose = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(are you (a |an )?(human|robot|real|person|bot|machine|computer|ai)|who are you|what are you|am i (talking|speaking) to)\b", Loose)]
    private static partial Regex Identity();

    [GeneratedRegex(@"\b(good ?bye|bye|see you|have a (good|nice|great) (day|one|evening)|that'?s all|that is all|nothing else|adi[oó]s|hasta luego)\b|안녕히 계세요", Loose)]
    private static partial Regex Goodbye();

    [GeneratedRegex(@"\b(thanks|thank you|appreciate it|gracias)\b|감사|고마", Loose)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^\W*(hi|hello|hey|good (morning|afternoon|evening)|hola|buenos d[ií]as|buenas tardes)\b|안녕", Loose)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"\b(speak|talk|connect)( me)? (to|with) (a |an |the |some)?(person|human|someone|somebody|agent|nurse|manager|receptionist|operator|staff|doctor)\b|\b(leave|take) a message\b", Loose)]
    private static partial Regex Person();

    [GeneratedRegex(@"\d|\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekends?|weekdays?|noon|midnight|a\.m|p\.m|hours?|minutes?|days?|weeks?|morning|afternoon|evening|daily|closed)\b", Loose)]
    private static partial Regex TimeWords();

    [GeneratedRegex(@"\d+\s+\w+|\b(street|avenue|road|floor|building|entrance|corner|behind|next to|opposite|station|bus|garage|lot)\b", Loose)]
    private static partial Regex PlaceWords();

    [GeneratedRegex(@"[$€£]|\b(dollars?|cents?|euros?|free|no charge|copay|fees?|costs?|price|percent)\b", Loose)]
    private static partial Regex AmountWords();

    [GeneratedRegex(@"\d{3}|@|\b(call|phone|dial|e-?mail)\b", Loose)]
    private static partial Regex ContactWords();
}
