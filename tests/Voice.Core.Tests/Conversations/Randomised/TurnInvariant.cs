using Voice.Core.Conversations;
using Voice.Core.Text;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Each turn is recorded once, in order, after it was answered; nothing that was understood, or could not be, is lost.</summary>
internal sealed class TurnInvariant : Invariant
{
    private readonly HashSet<string> _answered = [];
    private readonly List<TurnSummary> _recorded = [];
    private readonly HashSet<string> _spoken = [];

    /// <summary>Or known never to be.</summary>
    private readonly HashSet<string> _understood = [];

    public override void See(Entry entry)
    {
        switch (entry.Event)
        {
            // An "uh-huh" over a reply is no turn.
            case ConversationEvent.TranscriptCompleted { Text.Length: > 0 } completed when !Backchannel.Is(completed.Text, "en"):
                _understood.Add(completed.ItemId);
                break;
            case ConversationEvent.InputCommitted committed:
                _spoken.Add(committed.ItemId);
                break;
            // Audio that came as an item is no turn.
            case ConversationEvent.TranscriptFailed failed when _spoken.Contains(failed.ItemId):
                _understood.Add(failed.ItemId);
                break;
            case ConversationEvent.TurnAnswered answered:
                That(_answered.Add(answered.Turn.Id), $"{answered.Turn.Id} was answered twice");
                break;
            case ConversationEvent.TurnRecorded recorded:
                That(_answered.Contains(recorded.Turn.Id), $"{recorded.Turn.Id} was recorded before the client was told of it");
                That(_recorded.All(turn => turn.Id != recorded.Turn.Id), $"{recorded.Turn.Id} was recorded twice");
                That(recorded.Turn.Sequence == _recorded.Count + 1, $"turn {recorded.Turn.Sequence} was recorded in place of turn {_recorded.Count + 1}");
                That(recorded.Turn.CompletedAt >= recorded.Turn.StartedAt, $"{recorded.Turn.Id} ended before it began");
                _recorded.Add(recorded.Turn);
                break;
        }
    }

    public override void Settled(Recording recording) => Complete("after it settled");

    public override void Ended(Recording recording) => Complete("at the end");

    private void Complete(string when)
    {
        var items = _recorded.Select(turn => turn.ItemId).ToHashSet();
        That(_understood.IsSubsetOf(items), $"{string.Join(", ", _understood.Except(items))} was understood and is not recorded {when}");
        That(_answered.Count == _recorded.Count, $"{_answered.Count} turns were answered and {_recorded.Count} recorded {when}");
    }
}
