using Voice.Core.Audio;
using Voice.Core.Modes;
using Voice.Core.Providers;
using Voice.Core.Replies;

namespace Voice.Core.Conversations;

/// <summary>Between a reply's own tasks and the conversation: takes the gate, and lets nothing of an ended response through.</summary>
internal sealed class ResponseSink(ConversationContext context, ActiveResponse response, ResponseWriter writer) : IReplySink
{
    public void OnFirstText()
    {
        lock (context.Gate)
        {
            if (response.Turn is { } turn)
            {
                turn.FirstTextAt ??= context.Time.GetTimestamp();
            }
        }
    }

    public void OnChecked(TimeSpan took)
    {
        lock (context.Gate)
        {
            if (response.Turn is { } turn)
            {
                turn.Checked ??= took;
            }
        }
    }

    public void OnTranslated(ReplyPart.Translated translation)
    {
        lock (context.Gate)
        {
            if (response.Active && response.Turn is { } turn)
            {
                context.Events.Write(new ConversationEvent.Translation(turn.ItemId, translation.From, translation.To, translation.Value));
            }
        }
    }

    public void OnClause(string text)
    {
        lock (context.Gate)
        {
            if (response.Active)
            {
                writer.Clause(response, text);
            }
        }
    }

    public async Task OnAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        await context.Events.WaitForAudioRoomAsync(cancellationToken);
        lock (context.Gate)
        {
            if (!response.Active)
            {
                context.Events.ReturnAudioRoom();
                return;
            }

            var at = response.Ledger.AddAudio(Pcm16.Duration(pcm.Length, ISpeechSynthesizer.SampleRate), context.Clock(), Wait());
            writer.Audio(response, pcm, at);
            if (response.Turn is { FirstAudioAt: null } turn)
            {
                turn.FirstAudioAt = context.Time.GetTimestamp();
                context.Events.Write(new ConversationEvent.Latency(turn.Id, response.Id, turn.SpeechEnd, turn.LatencyMs()));
            }
        }
    }

    private TimeSpan Wait() => response.Ledger.Started ? TimeSpan.Zero : response.PlaysAfter;
}
