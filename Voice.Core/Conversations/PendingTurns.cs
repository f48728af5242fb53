namespace Voice.Core.Conversations;

/// <summary>Turns that wait for their transcript. Under the conversation's gate.</summary>
/// <param name="late">Told of a turn, outside the gate, that has waited for too long.</param>
internal sealed class PendingTurns(ConversationContext context, Action<string> late)
{
    /// <summary>A transcript that takes longer than this is taken for failed.</summary>
    private static readonly TimeSpan TranscriptLimit = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, Turn> _turns = [];

    public int Count => _turns.Count;

    /// <summary>The last that the client knows of.</summary>
    public Turn? Newest => _turns.Values.Where(turn => !turn.Overheard).MaxBy(turn => turn.DecidedAt);

    public void Add(Turn turn)
    {
        _turns[turn.ItemId] = turn;
        turn.TranscriptTimeout = context.Time.CreateTimer(_ => late(turn.ItemId), null, TranscriptLimit, Timeout.InfiniteTimeSpan);
    }

    public Turn? Take(string itemId)
    {
        if (!_turns.Remove(itemId, out var turn))
        {
            return null;
        }

        turn.TranscriptTimeout?.Dispose();
        turn.TranscribedAt = context.Time.GetTimestamp();
        return turn;
    }

    public void Close()
    {
        foreach (var turn in _turns.Values)
        {
            turn.TranscriptTimeout?.Dispose();
            turn.EndActivity("session_closed");
        }

        _turns.Clear();
    }
}
