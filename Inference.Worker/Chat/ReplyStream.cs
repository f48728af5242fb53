namespace Voice.Inference.Chat;

/// <summary>Cuts a reply that is already known into the pieces a model would stream: words with the space before them.</summary>
internal static class ReplyStream
{
    public static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ' ')
            {
                yield return text[start..i];
                start = i;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }
}
