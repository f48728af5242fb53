using Voice.Core.Text;

namespace Voice.Core.Conversations;

/// <summary>A reply that was begun before its turn was over, and what it was begun on.</summary>
/// <param name="After">The response before it: what plays when it begins.</param>
internal sealed record StagedReply(
    ActiveResponse Response, string Words, IReadOnlyList<ConversationItem> History, ConversationSettings Settings, ActiveResponse? After)
{
    private readonly string[] _words = SpokenWords.Of(Words);

    /// <summary>Whether these are the same words; how they are written does not matter.</summary>
    public bool Answers(string words) => ReferenceEquals(words, Words) || SpokenWords.Of(words).AsSpan().SequenceEqual(_words);

    /// <summary>Whether the conversation is the one it was begun on, apart from how the turn's own words are written.</summary>
    public bool Reads(string itemId, IReadOnlyList<ConversationItem> history) =>
        history.Count == History.Count && history.Zip(History).All(pair => pair.First.Id == pair.Second.Id && (pair.First.Id == itemId || pair.First.Text == pair.Second.Text));
}
