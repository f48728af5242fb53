using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <summary>Does the last word promise another? Conjunctions, prepositions, articles and fillers do. English, Spanish and Korean.</summary>
internal static class UnfinishedUtterance
{
    // Only words that hardly ever end a sentence: "I want to" waits, "what for", "yes I do" and "who is that" do not.
    private static readonly FrozenSet<string> English = Words(
        "and but or because if when while although though unless until since than of to at for from with into onto between during toward towards per " +
        "a an the my your his its our their every um uh uhm er erm hmm im id ill ive youre theyre hes shes lets need going get maybe");

    private static readonly FrozenSet<string> Spanish = Words(
        "y e o u pero porque si cuando mientras aunque como que cual quien donde a de en con por para sin sobre entre hasta desde hacia " +
        "el la los las un una unos unas mi tu su mis tus sus este esta estos estas muy es son era fue soy estoy tengo quiero necesito eh em pues del al");

    private static readonly string[] Korean = ["그리고", "그런데", "근데", "하지만", "그래서", "왜냐하면", "만약", "음", "어", "저기", "그러니까", "때문에", "위해서"];
    private static readonly string[] KoreanEndings = ["는데", "니까", "지만", "면서", "려고", "거나", "아서", "어서", "에서", "한테", "에게", "으로", "하고", "이랑"];

    public static bool Is(string text, string language)
    {
        var trimmed = text.AsSpan().TrimEnd();
        if (trimmed.IsEmpty || trimmed[^1] is '.' or '?' or '!' or '。')
        {
            return false;
        }

        if (trimmed[^1] is ',' or '-' or '…')
        {
            return true;
        }

        var last = trimmed[(trimmed.LastIndexOf(' ') + 1)..].ToString().Replace("'", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
        return language.Split('-')[0] switch
        {
            "es" => Spanish.Contains(last),
            "ko" => Korean.Contains(last) || KoreanEndings.Any(ending => last.Length > ending.Length && last.EndsWith(ending, StringComparison.Ordinal)),
            _ => English.Contains(last),
        };
    }

    private static FrozenSet<string> Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
