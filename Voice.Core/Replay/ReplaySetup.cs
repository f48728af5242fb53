using Microsoft.Extensions.AI;
using Voice.Core.Conversations;

namespace Voice.Core.Replay;

/// <summary>With whom a recorded session is held again.</summary>
/// <param name="Settings">As the session began.</param>
/// <param name="Client">Does to the conversation what a client event asks for.</param>
public sealed record ReplaySetup(AgentProfile Agent, ConversationSettings Settings, Action<ReadOnlyMemory<byte>, Conversation> Client)
{
    /// <summary>Asked in the recorded model's place. Its answers are spoken at the pace of a usual voice.</summary>
    public IChatClient? Model { get; init; }

    /// <summary>How long the session goes on after its recorded end: for replies that are longer than those recorded.</summary>
    public TimeSpan Afterwards { get; init; }
}
