using Voice.Core.Conversations;

namespace Voice.Core.Replay;

/// <param name="Turns">As they would have gone into the record.</param>
public sealed record ReplayResult(IReadOnlyList<ConversationEvent> Events, IReadOnlyList<TurnSummary> Turns);
