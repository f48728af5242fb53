using Microsoft.Extensions.AI;
using Voice.Core.Providers;

namespace Voice.Core.Conversations;

/// <summary>What a conversation is made with.</summary>
public sealed record ConversationProviders(ILiveTranscriber Transcriber, IChatClient Chat, ISpeechSynthesizer Synthesizer, ITranslator Translator);
