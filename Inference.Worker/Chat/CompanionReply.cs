using System.Text.RegularExpressions;

namespace Voice.Inference.Chat;

/// <summary>
/// Reflective listening: says back what was said, from the other side, and asks an open question. No advice, no diagnosis, no promise;
/// danger is the safety guard's, which speaks in front of this.
/// </summary>
internal static partial class CompanionReply
{
    private const int LongestReflection = 90;

    private static readonly string[] Questions =
    [
        "Would you like to tell me more about that?",
        "What has that been like for you?",
        "What feels hardest about it right now?",
        "What do you wish were different?",
        "When did you first notice that?",
    ];

    private static readonly string[] KoreanQuestions =
    [
        "조금 더 이야기해 주실 수 있을까요?",
        "그때 어떤 마음이 드셨나요?",
        "지금 가장 힘든 점은 무엇인가요?",
        "언제부터 그렇게 느끼셨나요?",
    ];

    private static readonly Dictionary<string, string> Swapped = new()
    {
        ["i"] = "you", ["i'm"] = "you're", ["i've"] = "you've", ["i'd"] = "you'd", ["i'll"] = "you'll", ["me"] = "you", ["my"] = "your", ["mine"] = "yours",
        ["myself"] = "yourself", ["am"] = "are", ["was"] = "were", ["we"] = "you", ["our"] = "your", ["us"] = "you",
        ["you"] = "I", ["your"] = "my", ["yours"] = "mine", ["you're"] = "I'm",
    };

    public static string To(ReplyContext context) => context.Language == "ko" ? InKorean(context) : InEnglish(context);

    private static string InEnglish(ReplyContext context)
    {
        var text = context.Latest.Trim();
        if (text.Length == 0)
        {
            return "I'm here. Take the time you need.";
        }

        if (Identity().IsMatch(text))
        {
            return "I'm an automated companion, not a person and not a therapist. I listen and ask. What is on your mind?";
        }

        if (Farewell().IsMatch(text))
        {
            return "Thank you for talking with me today. Take care of yourself.";
        }

        if (Thanks().IsMatch(text))
        {
            return $"You're welcome. {Next(Questions, context.UserTurns)}";
        }

        if (Greeting().IsMatch(text))
        {
            return "Hello, it's good to hear you. How are you feeling today?";
        }

        return $"{Reflect(text)} {Next(Questions, context.UserTurns)}";
    }

    private static string InKorean(ReplyContext context)
    {
        var text = context.Latest.Trim();
        if (text.Length == 0)
        {
            return "여기 있어요. 천천히 말씀하셔도 괜찮아요.";
        }

        if (text.Contains("누구") || text.Contains("로봇") || text.Contains("사람이"))
        {
            return "저는 사람이나 치료사가 아니라 자동으로 응답하는 동반자예요. 듣고 여쭤볼 수 있어요. 지금 어떤 생각이 드세요?";
        }

        if (text.Contains("고마") || text.Contains("감사"))
        {
            return $"말씀해 주셔서 저도 고마워요. {Next(KoreanQuestions, context.UserTurns)}";
        }

        if (text.StartsWith("안녕", StringComparison.Ordinal) && text.Length < 12)
        {
            return "안녕하세요, 반가워요. 오늘 기분은 어떠세요?";
        }

        var feeling = KoreanFeelings.FirstOrDefault(f => f.Stems.Any(text.Contains)).Echo ?? "그런 마음이 드셨군요.";
        return $"{feeling} {Next(KoreanQuestions, context.UserTurns)}";
    }

    private static readonly (string[] Stems, string Echo)[] KoreanFeelings =
    [
        (["슬프", "슬퍼", "우울", "눈물", "울었"], "많이 슬프고 마음이 무거우셨군요."),
        (["외로", "혼자"], "혼자라는 느낌에 많이 외로우셨군요."),
        (["불안", "걱정", "무서", "두려", "겁"], "마음이 불안하고 걱정이 많으셨군요."),
        (["화가", "화나", "짜증", "억울"], "화가 나고 답답하셨군요."),
        (["힘들", "지쳤", "지쳐", "피곤", "스트레스"], "정말 힘들고 지치셨군요."),
        (["기쁘", "기뻐", "행복", "좋았", "좋아"], "기쁜 마음이 느껴지네요."),
    ];

    private static string Reflect(string text)
    {
        var clause = FirstPerson().Match(text) is { Success: true } match ? match.Value : "";
        clause = clause.TrimEnd('.', '!', '?', ' ', ',');
        if (clause.Length == 0 || clause.Length > LongestReflection)
        {
            return "Thank you for telling me.";
        }

        var swapped = string.Join(' ', clause.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Swap));
        return $"It sounds like {swapped}.";
    }

    private static string Swap(string word)
    {
        var bare = word.ToLowerInvariant().TrimEnd(',', '.');
        return Swapped.GetValueOrDefault(bare) is { } other ? other + word[bare.Length..] : word;
    }

    /// <summary>In turn, so that two replies in a row never ask the same and a test knows which.</summary>
    private static string Next(string[] questions, int turn) => questions[Math.Max(0, turn - 1) % questions.Length];

    private const RegexOptions Loose = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(i|i'm|i've|i'd|my)\b[^.!?]*", Loose)]
    private static partial Regex FirstPerson();

    [GeneratedRegex(@"\b(are you (a |an )?(human|robot|real|person|bot|machine|computer|therapist|ai)|who are you|what are you)\b", Loose)]
    private static partial Regex Identity();

    [GeneratedRegex(@"\b(good ?bye|bye|see you|good night)\b", Loose)]
    private static partial Regex Farewell();

    [GeneratedRegex(@"^\W*(thanks|thank you)\b", Loose)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^\W*(hi|hello|hey|good (morning|afternoon|evening))\b\W*(there)?\W*$", Loose)]
    private static partial Regex Greeting();
}
