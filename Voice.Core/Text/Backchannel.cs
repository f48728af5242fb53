using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <summary>
/// Words that only say "I am listening": they do not ask for the floor. English, Spanish and Korean; case, punctuation and repetition
/// do not matter. Short on purpose: what is missing here interrupts, and a listener who is ignored is worse than one who is heard.
/// </summary>
internal static class Backchannel
{
    /// <summary>Nobody says more than this without meaning something.</summary>
    private const int MostWords = 6;

    private static readonly FrozenSet<string> Sounds = Words(
        "mm mmm mhm mmhm mmhmm mhmm hm hmm hmmm uh uhuh uhhuh huh um ah ahh aha ahah oh ooh ohh eh em er erm ha haha hahaha wow");

    private static readonly FrozenSet<string> English = Words("yeah yea yep yup yes ok okay right sure good great cool nice fine alright exactly really true gotcha indeed totally");
    private static readonly string[][] EnglishPhrases = Phrases("i see", "got it", "of course", "all right", "makes sense", "that makes sense", "i know", "sounds good", "very good", "oh really", "you know");

    private static readonly FrozenSet<string> Spanish = Words("sí si vale ok okey okay ya claro ajá aja bueno bien exacto entiendo perfecto cierto correcto venga genial anda ah");
    private static readonly string[][] SpanishPhrases = Phrases("de acuerdo", "por supuesto", "muy bien", "ya veo", "está bien", "esta bien", "ya entiendo", "te entiendo", "le entiendo", "lo sé", "desde luego", "es verdad");

    private static readonly FrozenSet<string> Korean = Words(
        "네 예 응 음 음음 어 아 아하 오 그래 그래요 그렇군요 그렇죠 그쵸 그렇지 그렇구나 그러게요 그러네요 맞아 맞아요 맞습니다 알겠어요 알겠습니다 알았어요 좋아요 좋네요 넵 넹 네네 흠 와 우와 정말요 진짜요 아네 아예");

    /// <summary>Words, all of them no more than a sign of listening. Nothing at all is no backchannel.</summary>
    public static bool Is(string text, string language)
    {
        var words = Split(text);
        if (words.Length is 0 or > MostWords)
        {
            return false;
        }

        var (known, phrases) = language.Split('-')[0] switch
        {
            "es" => (Spanish, SpanishPhrases),
            "ko" => (Korean, []),
            _ => (English, EnglishPhrases),
        };
        for (var i = 0; i < words.Length;)
        {
            var taken = Array.Find(phrases, phrase => words.AsSpan(i).StartsWith(phrase))?.Length
                ?? (known.Contains(words[i]) || Sounds.Contains(words[i]) || Sounds.Contains(Squeeze(words[i])) ? 1 : 0);
            if (taken == 0)
            {
                return false;
            }

            i += taken;
        }

        return true;
    }

    /// <summary>Whether there is a word in it: transcribers write "..." and "[noise]" for what has none.</summary>
    public static bool HasWords(string text) => Split(text).Length > 0;

    private static string[] Split(string text)
    {
        Span<char> plain = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        var bracket = false;
        foreach (var c in text)
        {
            bracket = c is '[' or '(' or '<' || (bracket && c is not (']' or ')' or '>'));
            // "uh-huh" is one word, "mm, hm" are two; "that's" keeps its letters.
            if (bracket || c is '\'' or '’' or '-' or '‐')
            {
                continue;
            }

            plain[length++] = char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ';
        }

        return new string(plain[..length]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>"mmmmm" is "mmm", "yeeees" is left alone.</summary>
    private static string Squeeze(string word)
    {
        Span<char> squeezed = stackalloc char[word.Length];
        var length = 0;
        foreach (var c in word)
        {
            if (length < 2 || squeezed[length - 1] != c || squeezed[length - 2] != c)
            {
                squeezed[length++] = c;
            }
        }

        return new string(squeezed[..length]);
    }

    private static FrozenSet<string> Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static string[][] Phrases(params string[] phrases) => [.. phrases.Select(phrase => phrase.Split(' '))];
}
