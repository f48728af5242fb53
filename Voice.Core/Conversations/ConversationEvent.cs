namespace Voice.Core.Conversations;

/// <summary>What the engine tells its client, in the order it happened. The transport gives each its wire format.</summary>
public abstract record ConversationEvent
{
    private ConversationEvent()
    {
    }

    /// <param name="At">On the input audio clock, prefix padding included.</param>
    public sealed record SpeechStarted(string ItemId, TimeSpan At) : ConversationEvent;

    /// <param name="At">On the input audio clock, the pause included.</param>
    public sealed record SpeechStopped(string ItemId, TimeSpan At) : ConversationEvent;

    public sealed record InputCommitted(string ItemId, string? PreviousItemId) : ConversationEvent;

    public sealed record InputCleared : ConversationEvent;

    public sealed record ItemAdded(ConversationItem Item, string? PreviousItemId) : ConversationEvent;

    public sealed record ItemDone(ConversationItem Item, string? PreviousItemId) : ConversationEvent;

    public sealed record ItemRetrieved(ConversationItem Item) : ConversationEvent;

    public sealed record ItemTruncated(string ItemId, int ContentIndex, TimeSpan AudioEnd) : ConversationEvent;

    public sealed record ItemDeleted(string ItemId) : ConversationEvent;

    public sealed record TranscriptPartial(string ItemId, string Text) : ConversationEvent;

    public sealed record TranscriptCompleted(string ItemId, string Text, double? Confidence, TimeSpan Duration) : ConversationEvent
    {
        /// <summary>Of the audio in its item.</summary>
        public int ContentIndex { get; init; }
    }

    public sealed record TranscriptFailed(string ItemId, string Code, string Message) : ConversationEvent
    {
        public int ContentIndex { get; init; }
    }

    /// <summary>Nobody has spoken for the idle timeout after a reply was heard.</summary>
    /// <param name="Start">Where playback ended, on the input audio clock.</param>
    public sealed record IdleTimeout(string ItemId, TimeSpan Start, TimeSpan End) : ConversationEvent;

    /// <summary>Said while a reply was heard or made, and no more than a sign of listening: nothing came of it.</summary>
    /// <param name="Start">On the input audio clock.</param>
    public sealed record Backchannel(string Text, TimeSpan Start, TimeSpan End) : ConversationEvent;

    public sealed record ResponseCreated(ResponseState Response) : ConversationEvent;

    public sealed record OutputItemAdded(string ResponseId, int OutputIndex, ConversationItem Item) : ConversationEvent;

    public sealed record ContentPartAdded(string ResponseId, string ItemId, int OutputIndex, bool Audio) : ConversationEvent;

    /// <param name="Spoken">The transcript of audio; otherwise the text itself.</param>
    public sealed record TextDelta(string ResponseId, string ItemId, int OutputIndex, bool Spoken, string Delta) : ConversationEvent;

    /// <summary>Never sent after its response was cancelled, even where it waited in the queue: see <see cref="ConversationEvents"/>.</summary>
    /// <param name="Pcm">16-bit little-endian mono at 24 kHz.</param>
    /// <param name="At">Where it plays on the input audio clock, if the client plays at once; null where that is not the engine's to know: the response is out of band.</param>
    public sealed record AudioDelta(string ResponseId, string ItemId, int OutputIndex, ReadOnlyMemory<byte> Pcm, TimeSpan? At) : ConversationEvent;

    /// <param name="Cut">The response was cancelled: nothing may be added to what was sent.</param>
    public sealed record AudioDone(string ResponseId, string ItemId, int OutputIndex, bool Cut) : ConversationEvent;

    public sealed record TextDone(string ResponseId, string ItemId, int OutputIndex, bool Spoken, string Text) : ConversationEvent;

    public sealed record ContentPartDone(string ResponseId, string ItemId, int OutputIndex, bool Audio, string Text) : ConversationEvent;

    public sealed record CallDelta(string ResponseId, string ItemId, int OutputIndex, string CallId, string Delta) : ConversationEvent;

    public sealed record CallDone(string ResponseId, string ItemId, int OutputIndex, string CallId, string Name, string Arguments) : ConversationEvent;

    public sealed record ServerCallArguments(string ResponseId, string ItemId, int OutputIndex, string Arguments) : ConversationEvent;

    /// <summary>The server runs a tool of the agent's.</summary>
    public sealed record ServerCallStarted(string ResponseId, string ItemId, int OutputIndex) : ConversationEvent;

    public sealed record ServerCallEnded(string ResponseId, string ItemId, int OutputIndex, bool Failed) : ConversationEvent;

    public sealed record OutputItemDone(string ResponseId, int OutputIndex, ConversationItem Item) : ConversationEvent;

    public sealed record ResponseDone(ResponseState Response) : ConversationEvent;

    /// <summary>Right after the first audio of the reply.</summary>
    public sealed record Latency(string TurnId, string ResponseId, TimeSpan SpeechEnd, IReadOnlyDictionary<string, double> Milliseconds) : ConversationEvent;

    /// <summary>For the client: the reply was sent.</summary>
    public sealed record TurnAnswered(TurnSummary Turn) : ConversationEvent;

    /// <summary>For the record, not for the client: the reply was heard, or cut to what was.</summary>
    public sealed record TurnRecorded(TurnSummary Turn) : ConversationEvent;

    /// <summary>For the record, not for the client: assistant audio placed after <paramref name="At"/> was not heard.</summary>
    public sealed record PlaybackCut(TimeSpan At) : ConversationEvent;

    public sealed record Translation(string ItemId, string From, string To, string Text) : ConversationEvent;

    /// <param name="ClientEventId">The client event that could not be served; null where none was to blame.</param>
    public sealed record Error(string Type, string Code, string Message, string? Param, string? ClientEventId) : ConversationEvent;

    /// <summary>A provider fails, another answers in its place, or it answers again. Told when that changes.</summary>
    /// <param name="Stage"><c>transcription</c>, <c>chat</c>, <c>speech</c> or <c>translation</c>.</param>
    /// <param name="State"><c>degraded</c>, <c>fallback</c> or <c>recovered</c>.</param>
    /// <param name="Code">What it failed with; null otherwise.</param>
    public sealed record ProviderChanged(string Stage, string Model, string State, string? Code) : ConversationEvent;

    /// <summary>Something of the transport's own, in its place among the events.</summary>
    public sealed record Notice(object Value) : ConversationEvent;

    /// <summary>For operators, not for the client: something behind the engine broke and was dealt with.</summary>
    /// <param name="Stage"><c>transcription</c>, <c>reply</c>, <c>speech</c> or <c>tool</c>.</param>
    public sealed record Trouble(string Stage, Exception Exception) : ConversationEvent;
}
