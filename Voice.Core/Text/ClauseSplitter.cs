using System.Text;

namespace Voice.Core.Text;

/// <summary>
/// A stream of text to pieces that can be spoken: sentences, and for the very first piece also a part of one, so that speech
/// begins early. Not thread-safe.
/// </summary>
internal sealed class ClauseSplitter
{
    private const int FirstClauseWords = 3;
    private const int LongClause = 120;

    /// <summary>Text without any punctuation is cut here, between words.</summary>
    private const int Longest = 280;

    private static readonly string[] Abbreviations = ["dr", "mr", "mrs", "ms", "st", "e.g", "i.e", "vs", "no", "approx", "sr", "sra", "prof", "a.m", "p.m"];

    private readonly StringBuilder _text = new();
    private bool _first = true;

    /// <summary>Pieces that are complete with this text.</summary>
    public IEnumerable<string> Add(string delta)
    {
        _text.Append(delta);
        while (Boundary() is var end and > 0)
        {
            if (Take(end) is { Length: > 0 } clause)
            {
                yield return clause;
            }
        }
    }

    /// <summary>What is left at the end of the stream; null for nothing.</summary>
    public string? Finish() => Take(_text.Length) is { Length: > 0 } rest ? rest : null;

    private string Take(int end)
    {
        var clause = _text.ToString(0, end).Trim();
        _text.Remove(0, end);
        _first &= clause.Length == 0;
        return clause;
    }

    private int Boundary()
    {
        var words = 0;
        for (var i = 0; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == '\n' || (c is '。' or '？' or '！'))
            {
                return i + 1;
            }

            // The next character decides: "3.5" and "example.com" go on, and so may a stream that stops here.
            var endsWord = i + 1 < _text.Length && char.IsWhiteSpace(_text[i + 1]);
            if (endsWord && (c is '?' or '!' or '…' || (c == '.' && !IsAbbreviation(i))))
            {
                return i + 1;
            }

            if (endsWord && (c is ',' or ';' or ':' or '—') && ((_first && words + 1 >= FirstClauseWords) || i >= LongClause))
            {
                return i + 1;
            }

            if (char.IsWhiteSpace(c))
            {
                words++;
                if (i >= Longest)
                {
                    return i + 1;
                }
            }
        }

        return 0;
    }

    private bool IsAbbreviation(int dot)
    {
        var start = dot;
        while (start > 0 && !char.IsWhiteSpace(_text[start - 1]))
        {
            start--;
        }

        var word = _text.ToString(start, dot - start).ToLowerInvariant();
        // "1. First" is a list, "J. Smith" a name.
        return Abbreviations.Contains(word) || (word.Length == 1 && char.IsLetter(word[0]) && word != "i") || (word.Length is > 0 and <= 2 && word.All(char.IsAsciiDigit) && start == 0);
    }
}
