using Voice.Core.Audio;
using Voice.Core.Modes;
using Voice.Core.Providers;
using Voice.Core.Replies;

namespace Voice.Core.Conversations;

/// <summary>
/// Between a reply's own tasks and the conversation: takes the gate, lets audio out no faster than it plays, and lets nothing of an
/// ended response through.
/// </summary>
internal sealed class ResponseSink(ConversationContext context, ActiveResponse response, ResponseWriter writer) : IReplySink
{
    private static readonly TimeSpan StandingInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Under the gate.</summary>
    public Outlet Outlet { get; } = new();

    public Task WaitUntilOpenAsync(CancellationToken cancellationToken) => Outlet.WaitUntilOpenAsync(context.Gate, cancellationToken);

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
        var duration = Pcm16.Duration(pcm.Length, ISpeechSynthesizer.SampleRate);
        while (true)
        {
            await WaitUntilOpenAsync(cancellationToken);
            if (TooEarly(duration) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, context.Time, cancellationToken);
                continue;
            }

            await context.Events.WaitForAudioRoomAsync(cancellationToken);
            if (TrySend(pcm, duration))
            {
                return;
            }
        }
    }

    /// <summary>How long this block has to wait, so that playback keeps up.</summary>
    private TimeSpan TooEarly(TimeSpan duration)
    {
        lock (context.Gate)
        {
            if (!response.Active)
            {
                return TimeSpan.Zero;
            }

            var early = Ahead() + duration - ConversationContext.PlaybackLead;
            // Playback that stands still does not catch up by itself: asked now and then, not at once again.
            return early > TimeSpan.Zero && context.Playback.Stands && early < StandingInterval ? StandingInterval : early;
        }
    }

    /// <returns>False where the outlet was closed in the meantime.</returns>
    private bool TrySend(ReadOnlyMemory<byte> pcm, TimeSpan duration)
    {
        lock (context.Gate)
        {
            if (Outlet.Closed || !response.Active)
            {
                context.Events.ReturnAudioRoom();
                return !response.Active;
            }

            var wait = response.Ledger.Started ? TimeSpan.Zero : response.PlaysAfter;
            writer.Audio(response, pcm, response.Ledger.AddAudio(duration, context.Clock(), wait));
            if (response.Turn is { FirstAudioAt: null } turn)
            {
                turn.FirstAudioAt = context.Time.GetTimestamp();
                context.Events.Write(new ConversationEvent.Latency(turn.Id, response.Id, turn.SpeechEnd, turn.LatencyMs()));
            }

            return true;
        }
    }

    private TimeSpan Ahead() => response.Ledger.Started ? response.Ledger.Remaining : response.PlaysAfter;
}
