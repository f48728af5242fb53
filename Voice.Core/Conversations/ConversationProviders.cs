using Microsoft.Extensions.AI;
using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Core.Tools;

namespace Voice.Core.Conversations;

/// <summary>What a conversation is made with.</summary>
public sealed record ConversationProviders(ILiveTranscriber Transcriber, IChatClient Chat, ISpeechSynthesizer Synthesizer, ITranslator Translator)
{
    /// <summary>Of this conversation's agent; null where the agent has no tools.</summary>
    public IToolRunner? Tools { get; init; }

    /// <summary>Shared by all conversations of a process; null for one of its own with the default limits.</summary>
    public ProviderResilience? Resilience { get; init; }
}
