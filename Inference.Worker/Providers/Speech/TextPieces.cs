using System.Text;

namespace Voice.Inference.Providers.Speech;

/// <summary>Texts for services that take only so much at a time.</summary>
internal static class TextPieces
{
    /// <summary>Pieces of at most <paramref name="bytes"/> in UTF-8, cut after the last end of a sentence that fits, else after a space, else anywhere but within a character. Together they are the text.</summary>
    public static IEnumerable<string> Split(string text, int bytes)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = Fit(text, start, bytes);
            if (end < text.Length)
            {
                // With the character after it, which may show that a sentence ends right here.
                var cut = LastEnd(text.AsSpan(start, end - start + 1));
                cut = cut > 0 ? cut : text.AsSpan(start, end - start).LastIndexOfAny(' ', '\n', '\t') + 1;
                end = cut > 0 ? start + cut : end;
            }

            yield return text[start..end];
            start = end;
        }
    }

    private static int Fit(string text, int start, int bytes)
    {
        var end = start;
        while (end < text.Length)
        {
            Rune.DecodeFromUtf16(text.AsSpan(end), out var rune, out var length);
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            end += length;
        }

        return end;
    }

    private static int LastEnd(ReadOnlySpan<char> piece)
    {
        for (var i = piece.Length - 1; i > 0; i--)
        {
            if (piece[i - 1] is '。' or '！' or '？' or '।' || (char.IsWhiteSpace(piece[i]) && piece[i - 1] is '.' or '!' or '?'))
            {
                return i;
            }
        }

        return 0;
    }
}
