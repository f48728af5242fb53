using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Something the client saw, or a step that began.</summary>
internal readonly record struct Entry(DateTimeOffset At, ConversationEvent? Event, Step? Step);
