namespace Voice.Inference.Pipelines.Detection;

/// <summary>
/// Words that people name their feelings with, in English, Spanish and Korean, with "not" and "very" before them. It hears what is said, not how:
/// irony and everything unsaid pass it by.
/// </summary>
internal static class EmotionDetector
{
    public const string Neutral = "neutral";
    private const double Strong = 1.5;
    private const int NegationReach = 3;

    private static readonly Dictionary<string, string[]> English = new()
    {
        ["joy"] = ["happy", "glad", "great", "wonderful", "love", "loved", "excited", "relieved", "thank", "thanks", "grateful", "enjoy", "enjoyed", "pleased", "delighted", "proud", "perfect", "amazing", "fantastic"],
        ["sadness"] = ["sad", "lonely", "cry", "crying", "cried", "depressed", "hopeless", "miss", "grief", "heartbroken", "unhappy", "miserable", "hurt", "lost", "empty", "disappointed", "sorry"],
        ["anger"] = ["angry", "mad", "furious", "annoyed", "hate", "outrageous", "unacceptable", "ridiculous", "frustrated", "frustrating", "terrible", "worst", "rude", "fed", "scam", "complain", "complaint"],
        ["fear"] = ["afraid", "scared", "anxious", "worried", "worry", "nervous", "panic", "terrified", "fear", "frightened", "stressed", "overwhelmed"],
        ["surprise"] = ["surprised", "surprising", "shocked", "unexpected", "unbelievable", "wow", "astonished"],
    };

    private static readonly Dictionary<string, string[]> Spanish = new()
    {
        ["joy"] = ["feliz", "contento", "contenta", "alegre", "encantado", "encantada", "gracias", "agradecido", "agradecida", "maravilloso", "maravillosa", "genial", "emocionado", "emocionada", "aliviado", "aliviada", "orgulloso", "orgullosa", "amo"],
        ["sadness"] = ["triste", "sola", "llorar", "llorando", "lloro", "deprimido", "deprimida", "desesperanzado", "desesperanzada", "extraño", "dolido", "dolida", "infeliz", "decepcionado", "decepcionada", "tristeza"],
        ["anger"] = ["enojado", "enojada", "enfadado", "enfadada", "furioso", "furiosa", "molesto", "molesta", "odio", "inaceptable", "ridículo", "harto", "harta", "frustrado", "frustrada", "pésimo", "peor", "queja", "estafa"],
        ["fear"] = ["miedo", "asustado", "asustada", "ansioso", "ansiosa", "preocupado", "preocupada", "preocupa", "nervioso", "nerviosa", "pánico", "temor", "agobiado", "agobiada", "estresado", "estresada"],
        ["surprise"] = ["sorprendido", "sorprendida", "sorpresa", "increíble", "inesperado", "inesperada", "asombrado", "asombrada"],
    };

    // Stems: Korean endings vary without end, and follow without a space.
    private static readonly Dictionary<string, string[]> Korean = new()
    {
        ["joy"] = ["행복", "기쁘", "기뻐", "기뻤", "좋아", "감사", "고마", "즐거", "신나", "다행", "사랑", "뿌듯"],
        ["sadness"] = ["슬프", "슬퍼", "슬펐", "외로", "우울", "눈물", "울었", "울고", "속상", "허전", "절망", "그리워", "서운", "실망"],
        ["anger"] = ["화나", "화가", "화났", "짜증", "열받", "분노", "싫어", "미워", "억울", "답답", "어이없"],
        ["fear"] = ["무서", "두려", "불안", "걱정", "긴장", "겁나", "겁이", "초조", "떨려", "스트레스"],
        ["surprise"] = ["놀라", "놀랐", "깜짝", "충격", "뜻밖", "세상에"],
    };

    private static readonly string[] Negations = ["not", "no", "never", "dont", "don't", "isnt", "isn't", "wasn't", "wasnt", "without", "nunca", "sin", "tampoco"];
    private static readonly string[] Intensifiers = ["very", "so", "really", "extremely", "too", "absolutely", "muy", "tan", "demasiado", "realmente", "너무", "정말", "진짜", "아주"];

    public static EmotionReading Read(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '\t', '\n', '\r', ',', '.', '!', '?', ';', ':', '"', '(', ')', '¡', '¿', '…'], StringSplitOptions.RemoveEmptyEntries);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            if (Emotion(words[i]) is { } emotion && !IsDenied(words, i))
            {
                var weight = i > 0 && Intensifiers.Contains(words[i - 1], StringComparer.Ordinal) ? Strong : 1;
                scores[emotion] = scores.GetValueOrDefault(emotion) + weight;
            }
        }

        if (scores.Count == 0)
        {
            return new EmotionReading(Neutral, 0, scores);
        }

        var best = scores.OrderByDescending(score => score.Value).ThenBy(score => score.Key, StringComparer.Ordinal).First();
        return new EmotionReading(best.Key, Math.Round(best.Value / scores.Values.Sum(), 3), scores);
    }

    private static string? Emotion(string word)
    {
        if (word.AsSpan().ContainsAnyInRange('가', '힣'))
        {
            return Korean.FirstOrDefault(emotion => emotion.Value.Any(stem => word.StartsWith(stem, StringComparison.Ordinal))).Key;
        }

        return English.FirstOrDefault(emotion => emotion.Value.Contains(word, StringComparer.Ordinal)).Key
            ?? Spanish.FirstOrDefault(emotion => emotion.Value.Contains(word, StringComparer.Ordinal)).Key;
    }

    /// <summary>Before the word in English and Spanish ("not really happy"); after it in Korean ("무섭지 않아요"), or right before ("안 무서워요").</summary>
    private static bool IsDenied(string[] words, int index)
    {
        if (words[index].AsSpan().ContainsAnyInRange('가', '힣'))
        {
            return (index > 0 && words[index - 1] is "안" or "못") || (index + 1 < words.Length && words[index + 1].StartsWith('않')) || words[index].Contains("지않", StringComparison.Ordinal);
        }

        return words[Math.Max(0, index - NegationReach)..index].Any(word => Negations.Contains(word, StringComparer.Ordinal));
    }
}
