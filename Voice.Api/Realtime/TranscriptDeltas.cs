namespace Voice.Api.Realtime;

/// <summary>
/// Hypotheses, each of which replaces the one before, to text that is only ever added to: words that two of them in a row agree on, and of
/// those not the last, which may still grow. Where the final transcript is another, nothing is taken back: <c>completed</c> holds it.
/// </summary>
internal sealed class TranscriptDeltas
{
    private readonly Dictionary<string, (string Last, string Sent)> _items = [];

    /// <returns>What is to be added; empty for nothing yet.</returns>
    public string Understood(string itemId, string hypothesis)
    {
        var (last, sent) = _items.GetValueOrDefault(itemId, (string.Empty, string.Empty));
        var stable = Stable(last, hypothesis);
        var delta = stable.Length > sent.Length && stable.StartsWith(sent, StringComparison.Ordinal) ? stable[sent.Length..] : string.Empty;
        _items[itemId] = (hypothesis, sent + delta);
        return delta;
    }

    /// <returns>What is left; empty where that is nothing, or where the words became others.</returns>
    public string Finish(string itemId, string transcript) =>
        !_items.Remove(itemId, out var known) ? transcript
        : transcript.StartsWith(known.Sent, StringComparison.Ordinal) ? transcript[known.Sent.Length..] : string.Empty;

    /// <summary>What grows will not be finished; what waits for its transcript is told whole.</summary>
    public void Clear() => _items.Clear();

    public void Forget(string itemId) => _items.Remove(itemId);

    /// <summary>Up to the end of a word, without the space behind it.</summary>
    private static string Stable(string before, string now)
    {
        var same = before.AsSpan().CommonPrefixLength(now);
        var end = now.AsSpan(0, same).LastIndexOf(' ');
        return end <= 0 ? string.Empty : now[..end];
    }
}
