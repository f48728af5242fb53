using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Voice.Inference.Upstream;

/// <summary>
/// How many tokens another server's answer says it took: its last <c>total_tokens</c>, which is near the end. A stream says so only where the client
/// asked (<c>stream_options.include_usage</c>); otherwise a token is taken for four bytes of what was asked and answered.
/// </summary>
internal sealed partial class ForwardedUsage(long requestBytes)
{
    private const int TailLength = 4_096;
    private const int BytesPerToken = 4;

    private readonly byte[] _tail = new byte[2 * TailLength];
    private int _kept;
    private long _answered;

    public void Add(ReadOnlySpan<byte> part)
    {
        _answered += part.Length;
        part = part[Math.Max(0, part.Length - TailLength)..];
        if (_kept + part.Length > _tail.Length)
        {
            _tail.AsSpan(_kept - TailLength, TailLength).CopyTo(_tail);
            _kept = TailLength;
        }

        part.CopyTo(_tail.AsSpan(_kept));
        _kept += part.Length;
    }

    public long Tokens() =>
        TotalTokens().Matches(Encoding.UTF8.GetString(_tail, 0, _kept)) is [.., var last]
        && long.TryParse(last.Groups["tokens"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens)
            ? tokens
            : (requestBytes + _answered) / BytesPerToken;

    /// <summary>What the answer says was asked and answered; null where it does not.</summary>
    public (long Input, long Output)? Split()
    {
        var tail = Encoding.UTF8.GetString(_tail, 0, _kept);
        return Last(PromptTokens().Matches(tail)) is { } input && Last(CompletionTokens().Matches(tail)) is { } output ? (input, output) : null;
    }

    private static long? Last(MatchCollection matches) =>
        matches is [.., var last] && long.TryParse(last.Groups["tokens"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) ? tokens : null;

    [GeneratedRegex("\"prompt_tokens\"\\s*:\\s*(?<tokens>[0-9]{1,12})")]
    private static partial Regex PromptTokens();

    [GeneratedRegex("\"completion_tokens\"\\s*:\\s*(?<tokens>[0-9]{1,12})")]
    private static partial Regex CompletionTokens();

    [GeneratedRegex("\"total_tokens\"\\s*:\\s*(?<tokens>[0-9]{1,12})")]
    private static partial Regex TotalTokens();
}
