using Voice.Core.Providers;
using Voice.Core.Text;
using Voice.Core.Transcription;
using Voice.Core.Turns;

namespace Voice.Core.Conversations;

/// <summary>What the transcription link brings: takes the gate, and hands words to whom they are for.</summary>
/// <param name="partial">Words of the utterance of this number; under the gate.</param>
internal sealed class TranscriptInbox(
    ConversationContext context, PendingTurns pending, TurnDecision decision, Endpointing endpointing, Action<string, int> partial) : ITranscriptionSink
{
    /// <summary>A language that nobody understands, and the client was told of.</summary>
    private string? _refused;

    public void OnPartial(string text, int utterance)
    {
        lock (context.Gate)
        {
            partial(text, utterance);
        }
    }

    public void OnFinal(string utteranceId, string text, double? confidence, string heard)
    {
        lock (context.Gate)
        {
            if (pending.Take(utteranceId) is not { } turn)
            {
                return;
            }

            turn.Transcript = text.Trim();
            if (SpokenWords.GoesOn(turn.Heard, turn.Transcript))
            {
                endpointing.WordsMissed();
            }

            turn.Confidence = confidence;
            decision.Understood(turn, heard);
        }
    }

    public void OnFailed(string utteranceId, string reason)
    {
        lock (context.Gate)
        {
            if (pending.Take(utteranceId) is { } turn)
            {
                decision.Failed(turn, reason);
            }
        }
    }

    public void OnRefused(ProviderException refusal)
    {
        lock (context.Gate)
        {
            context.Events.Write(new ConversationEvent.Trouble("transcription", refusal));
            if (_refused != context.Agent.Language)
            {
                // Once: it holds for everything that is said from now on.
                _refused = context.Agent.Language;
                context.Error(refusal.Code, refusal.Message, param: "session.audio.input.transcription.language");
            }
        }
    }

    public void OnBroken(Exception exception)
    {
        lock (context.Gate)
        {
            context.Events.Write(new ConversationEvent.Trouble("transcription", exception));
        }
    }
}
