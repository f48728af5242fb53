namespace Voice.Api.Realtime.Wire;

/// <summary>
/// JSON can say half of a surrogate pair (<c>"\ud800"</c>), which is no text: the parser takes it, and reading the string throws, long after.
/// Asked once for a whole message, the rest of the code need not expect it.
/// </summary>
internal static class JsonText
{
    private const int EscapeLength = 6;

    /// <param name="json">What a parser has taken: every backslash is in a string, and begins an escape that is whole.</param>
    public static bool IsText(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\\') is >= 0 and var at)
        {
            json = json[at..];
            if (json[1] != 'u')
            {
                json = json[2..];
            }
            else if (!IsSurrogate(json, "89abAB"u8))
            {
                if (IsSurrogate(json, "cdefCDEF"u8))
                {
                    return false;
                }

                json = json[EscapeLength..];
            }
            else if (json.Length > EscapeLength + 1 && json[EscapeLength] == '\\' && json[EscapeLength + 1] == 'u' && IsSurrogate(json[EscapeLength..], "cdefCDEF"u8))
            {
                json = json[(2 * EscapeLength)..];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> escape, ReadOnlySpan<byte> half) => escape[2] is (byte)'d' or (byte)'D' && half.Contains(escape[3]);
}
