using System.Text;

namespace Voice.Inference.Speech;

/// <summary>Makes text fit for engines of the nineties: plain characters, no endless words, sentences of a bounded length.</summary>
internal static class SpeakableText
{
    /// <summary>A longer sentence is cut at its last comma or space.</summary>
    public const int MaxSentence = 300;

    private const int MaxWord = 40;
    private const string Folded = "ÀAÁAÂAÃAÄAÅAÇCÈEÉEÊEËEÌIÍIÎIÏIÑNÒOÓOÔOÕOÖOØOÙUÚUÛUÜUÝYàaáaâaãaäaåaçcèeéeêeëeìiíiîiïiñnòoóoôoõoöoøoùuúuûuüuýyÿy‘'’'“\"”\"–,—,…. ";

    /// <summary>For flite, whose lexicon is ASCII: accents go, what has no ASCII form becomes a space.</summary>
    public static string Ascii(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var at = c < 128 ? -1 : Folded.IndexOf(c);
            result.Append(c is >= ' ' and < (char)127 ? c : at >= 0 && at % 2 == 0 ? Folded[at + 1] : ' ');
        }

        return result.ToString();
    }

    /// <summary>Sentences with at least one letter or digit, in order.</summary>
    public static List<string> Sentences(string text)
    {
        var sentences = new List<string>();
        var current = new StringBuilder();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var part in word.Chunk(MaxWord))
            {
                if (current.Length + part.Length >= MaxSentence)
                {
                    Flush(current, sentences);
                }

                current.Append(current.Length == 0 ? "" : " ").Append(part);
            }

            if (EndsSentence(word, current))
            {
                Flush(current, sentences);
            }
        }

        Flush(current, sentences);
        return sentences;
    }

    /// <summary>The text with spaces inside endless words.</summary>
    public static string ShortWords(string text)
    {
        var result = new StringBuilder(text.Length);
        var length = 0;
        foreach (var c in text)
        {
            length = char.IsWhiteSpace(c) ? 0 : length + 1;
            if (length > MaxWord)
            {
                result.Append(' ');
                length = 1;
            }

            result.Append(c);
        }

        return result.ToString();
    }

    // "Dr. Lee" is one sentence; so is "3.5".
    private static bool EndsSentence(string word, StringBuilder current) =>
        word[^1] is '!' or '?' or ';' or '。' or '？' or '！' || (word[^1] is '.' && (word.Length > 4 || current.Length > 40) && word is not ("Dr." or "Mr." or "Mrs." or "Ms." or "St."));

    private static void Flush(StringBuilder current, List<string> sentences)
    {
        var sentence = current.ToString();
        current.Clear();
        if (sentence.Any(char.IsLetterOrDigit))
        {
            sentences.Add(sentence);
        }
    }
}
