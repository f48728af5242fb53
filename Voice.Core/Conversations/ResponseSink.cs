using Voice.Core.Audio;
using Voice.Core.Modes;
using Voice.Core.Providers;
using Voice.Core.Replies;

namespace Voice.Core.Conversations;

/// <summary>
/// Between a reply's own tasks and the conversation: takes the gate, lets audio out no faster than it plays, and lets nothing of an
/// ended response through.
/// </summary>
/// <param name="full">The response has used up what it may say. Called under the gate.</param>
internal sealed class ResponseSink(ConversationContext context, ActiveResponse response, ResponseWriter writer, Action<ActiveResponse> full) : IReplySink
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

    public void OnClause(string text, bool filler)
    {
        lock (context.Gate)
        {
            if (!response.Active)
            {
                return;
            }

            var fits = OutputBudget.Fit(response, text);
            if (fits.Length > 0)
            {
                writer.Clause(response, fits, filler);
            }

            if (fits.Length < text.Length)
            {
                full(response);
            }
        }
    }

    public void OnTool(ReplyPart part)
    {
        lock (context.Gate)
        {
            if (!response.Active)
            {
                return;
            }

            if (part is ReplyPart.ServerResult { Exception: { } exception })
            {
                context.Events.Write(new ConversationEvent.Trouble("tool", exception));
            }

            writer.Tool(response, part);
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
            if (TrySend(pcm))
            {
                return;
            }
        }
    }

    /// <summary>How long this block has to wait, so that playback keeps up. What is out of band is not played by the engine's reckoning.</summary>
    private TimeSpan TooEarly(TimeSpan duration)
    {
        lock (context.Gate)
        {
            if (response is not { Active: true, OutOfBand: false })
            {
                return TimeSpan.Zero;
            }

            var early = Ahead() + duration - ConversationContext.PlaybackLead;
            // Playback that stands still does not catch up by itself: asked now and then, not at once again.
            return early > TimeSpan.Zero && context.Playback.Stands && early < StandingInterval ? StandingInterval : early;
        }
    }

    /// <returns>False where the outlet was closed in the meantime.</returns>
    private bool TrySend(ReadOnlyMemory<byte> pcm)
    {
        lock (context.Gate)
        {
            if (Outlet.Closed || !response.Active)
            {
                context.Events.ReturnAudioRoom();
                return !response.Active;
            }

            var fits = OutputBudget.Fit(response, pcm);
            if (fits.IsEmpty)
            {
                context.Events.ReturnAudioRoom();
            }
            else
            {
                Send(fits);
            }

            if (fits.Length < pcm.Length)
            {
                full(response);
            }

            return true;
        }
    }

    private void Send(ReadOnlyMemory<byte> pcm)
    {
        var wait = response.Ledger.Started ? TimeSpan.Zero : response.PlaysAfter;
        var at = response.Ledger.AddAudio(Pcm16.Duration(pcm.Length, ISpeechSynthesizer.SampleRate), context.Clock(), wait);
        writer.Audio(response, pcm, response.OutOfBand ? null : at);
        if (response.Turn is { FirstAudioAt: null } turn)
        {
            turn.FirstAudioAt = context.Time.GetTimestamp();
            context.Events.Write(new ConversationEvent.Latency(turn.Id, response.Id, turn.SpeechEnd, turn.LatencyMs()));
        }
    }

    private TimeSpan Ahead() => response.Ledger.Started ? response.Ledger.Remaining : response.PlaysAfter;
}
