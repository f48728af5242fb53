using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <summary>
/// Does what was said last ask for a word or two ("What is your name?", "Monday or Tuesday?")? Then "the blue one" is an answer and no
/// beginning. "How can I help you?" asks for a whole story, and yes or no stands alone anyway.
/// </summary>
internal static class OpenQuestion
{
    /// <summary>Who says more has not just answered.</summary>
    private const int MostWords = 5;

    private static readonly FrozenSet<string> English = SpokenWords.Set("what which who whose where when how or name number date address email birthday spell");
    private static readonly FrozenSet<string> Spanish = SpokenWords.Set("cual cuales cuanto cuanta cuantos cuantas o nombre numero fecha direccion correo");

    /// <summary>Without their accents these do not ask.</summary>
    private static readonly string[] Accented = ["qué", "quién", "dónde", "cuándo", "cómo"];
    private static readonly string[] Korean = ["무엇", "무슨", "뭐", "뭘", "어디", "언제", "누구", "누가", "몇", "어떤", "어느", "얼마", "어떻게", "성함", "이름", "번호", "주소", "생년월일", "아니면"];
    private static readonly FrozenSet<string> Stories = SpokenWords.Set("help assist do happened wrong ayudar ayudarle ayudarte servirle hacer paso ocurrio 도와드릴까요 도와 도움 일이신가요");

    public static bool Asks(string text, string language)
    {
        var trimmed = text.AsSpan().TrimEnd();
        if (trimmed is not [.., '?' or '？'])
        {
            return false;
        }

        var last = trimmed[(trimmed[..^1].LastIndexOfAny(".!?。？") + 1)..].ToString();
        var words = SpokenWords.Of(last);
        return !words.Any(Stories.Contains) && language.Split('-')[0] switch
        {
            "es" => words.Any(Spanish.Contains) || Accented.Any(question => last.Contains(question, StringComparison.OrdinalIgnoreCase)),
            "ko" => words.Any(word => Korean.Any(question => word.StartsWith(question, StringComparison.Ordinal))),
            _ => words.Any(English.Contains),
        };
    }

    /// <summary>Whether these words may be all of the answer to such a question.</summary>
    public static bool MayBeAnswered(string words) => words.AsSpan().Trim().Count(' ') < MostWords;
}
