using Voice.Core.Audio;
using Voice.Core.Modes;
using Voice.Core.Providers;
using Voice.Core.Replies;

namespace Voice.Core.Conversations;

/// <summary>
/// Between a reply's own tasks and the conversation: takes the gate, lets audio out no faster than it plays, and lets nothing of an
/// ended response through. What has to be sent again goes before what is new.
/// </summary>
/// <param name="full">The response has used up what it may say. Called under the gate.</param>
internal sealed class ResponseSink(ConversationContext context, ResponseWriter writer, Action<ActiveResponse> full) : IReplySink
{
    private static readonly TimeSpan StandingInterval = TimeSpan.FromMilliseconds(100);

    private readonly Queue<ReplyPiece> _again = new();
    private readonly List<ReplyPart.Translated> _translations = [];

    // Of calls that were made before the response was known.
    private readonly UsageTally _early = new();
    private UsageTally.Call? _call;
    private ActiveResponse? _response;
    private long? _firstTextAt;
    private TimeSpan? _checked;

    /// <summary>Under the gate.</summary>
    public Outlet Outlet { get; } = new();

    /// <summary>Whose reply this is. Under the gate.</summary>
    public ActiveResponse? Response => _response;

    /// <summary>From now on this is the reply of <paramref name="response"/>. Under the gate.</summary>
    /// <param name="again">Sent first; then what a response before had yet to send again.</param>
    public void Bind(ActiveResponse response, IEnumerable<ReplyPiece> again)
    {
        ReplyPiece[] all = [.. again, .. _again];
        _again.Clear();
        Array.ForEach(all, _again.Enqueue);
        _response = response;
        response.Model.Take(_early);
        if (_firstTextAt is { } at && response.Turn is { } turn)
        {
            // What was ready before its words were final took no time of theirs.
            turn.FirstTextAt ??= Math.Max(at, turn.TranscribedAt ?? at);
            turn.Checked ??= _checked;
        }

        _translations.ForEach(OnTranslated);
        _translations.Clear();
    }

    /// <summary>What was not sent again yet. Under the gate.</summary>
    public IEnumerable<ReplyPiece> Left => _again;

    public Task WaitUntilOpenAsync(CancellationToken cancellationToken) => Outlet.WaitUntilOpenAsync(context.Gate, cancellationToken);

    public void OnFirstText()
    {
        lock (context.Gate)
        {
            _firstTextAt ??= context.Time.GetTimestamp();
            if (_response?.Turn is { } turn)
            {
                turn.FirstTextAt ??= _firstTextAt;
            }
        }
    }

    public void OnChecked(TimeSpan took)
    {
        lock (context.Gate)
        {
            _checked ??= took;
            if (_response?.Turn is { } turn)
            {
                turn.Checked ??= took;
            }
        }
    }

    public void OnAsked(int input)
    {
        lock (context.Gate)
        {
            _call = (_response?.Model ?? _early).Begin(input);
        }
    }

    public void OnUsed(ModelUsage usage)
    {
        lock (context.Gate)
        {
            _call?.Told = usage;
        }
    }

    public void OnTranslated(ReplyPart.Translated translation)
    {
        lock (context.Gate)
        {
            if (_response is null)
            {
                _translations.Add(translation);
            }
            else if (_response is { Active: true, Turn: { } turn })
            {
                context.Events.Write(new ConversationEvent.Translation(turn.ItemId, translation.From, translation.To, translation.Value));
            }
        }
    }

    public Task OnClauseAsync(string text, bool filler, CancellationToken cancellationToken) =>
        InTurnAsync(response => Write(response, text, filler), cancellationToken);

    public Task OnToolAsync(ReplyPart part, CancellationToken cancellationToken) => InTurnAsync(response => Write(response, part), cancellationToken);

    public async Task OnAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        do
        {
            await SendAgainAsync(cancellationToken);
        }
        while (!await TrySendAsync(pcm, again: false, cancellationToken));
    }

    /// <summary>Waits until the outlet is open and everything that has to be sent again was.</summary>
    public async Task SendAgainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await WaitUntilOpenAsync(cancellationToken);
            ReplyPiece piece;
            lock (context.Gate)
            {
                if (!Outlet.Closed && !_again.TryPeek(out piece))
                {
                    return;
                }

                if (Outlet.Closed || WriteAgain())
                {
                    continue;
                }

                piece = _again.Peek();
            }

            await TrySendAsync(piece.Audio, again: true, cancellationToken);
        }
    }

    /// <summary>Words go at once. Under the gate.</summary>
    private bool WriteAgain()
    {
        if (_again.Peek().Words is not { } words)
        {
            return false;
        }

        var filler = _again.Dequeue().Filler;
        if (_response is { Active: true } response)
        {
            Write(response, words, filler);
        }

        return true;
    }

    private async Task InTurnAsync(Action<ActiveResponse> write, CancellationToken cancellationToken)
    {
        while (true)
        {
            await SendAgainAsync(cancellationToken);
            lock (context.Gate)
            {
                if (Outlet.Closed || _again.Count > 0)
                {
                    continue;
                }

                if (_response is { Active: true } response)
                {
                    write(response);
                }

                return;
            }
        }
    }

    private void Write(ActiveResponse response, string text, bool filler)
    {
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

    private void Write(ActiveResponse response, ReplyPart part)
    {
        if (part is ReplyPart.ServerResult { Exception: { } exception })
        {
            context.Events.Write(new ConversationEvent.Trouble("tool", exception));
        }

        writer.Tool(response, part);
    }

    /// <returns>False where it is not its turn yet.</returns>
    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> pcm, bool again, CancellationToken cancellationToken)
    {
        var early = TooEarly(Pcm16.Duration(pcm.Length, ISpeechSynthesizer.SampleRate));
        if (early > TimeSpan.Zero)
        {
            // In whole milliseconds: a delay of less is none, and this would spin.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(early.TotalMilliseconds)), context.Time, cancellationToken);
            return false;
        }

        await context.Events.WaitForAudioRoomAsync(cancellationToken);
        lock (context.Gate)
        {
            // What was next may have changed while there was no room.
            if (Outlet.Closed || (again ? !_again.TryPeek(out var next) || !next.Audio.Equals(pcm) : _again.Count > 0))
            {
                context.Events.ReturnAudioRoom();
                return false;
            }

            if (again)
            {
                _again.Dequeue();
            }

            if (_response is { Active: true } response)
            {
                Send(response, pcm);
            }
            else
            {
                context.Events.ReturnAudioRoom();
            }

            return true;
        }
    }

    /// <summary>How long a block has to wait, so that playback keeps up. What is out of band is not played by the engine's reckoning.</summary>
    private TimeSpan TooEarly(TimeSpan duration)
    {
        lock (context.Gate)
        {
            if (_response is not { Active: true, OutOfBand: false } response)
            {
                return TimeSpan.Zero;
            }

            var ahead = response.Ledger.Started ? response.Ledger.Remaining : response.PlaysAfter;
            var early = ahead + duration - ConversationContext.PlaybackLead;
            // Playback that stands still does not catch up by itself: asked now and then, not at once again.
            return early > TimeSpan.Zero && context.Playback.Stands && early < StandingInterval ? StandingInterval : early;
        }
    }

    private void Send(ActiveResponse response, ReadOnlyMemory<byte> pcm)
    {
        var fits = OutputBudget.Fit(response, pcm);
        if (fits.IsEmpty)
        {
            context.Events.ReturnAudioRoom();
        }
        else
        {
            var wait = response.Ledger.Started ? TimeSpan.Zero : response.PlaysAfter;
            var at = response.Ledger.AddAudio(fits, context.Clock(), wait);
            writer.Audio(response, fits, response.OutOfBand ? null : at);
        }

        if (response.Turn is { FirstAudioAt: null } turn && response.Ledger.Started)
        {
            turn.FirstAudioAt = context.Time.GetTimestamp();
            context.Events.Write(new ConversationEvent.Latency(turn.Id, response.Id, turn.SpeechEnd, turn.LatencyMs()));
        }

        if (fits.Length < pcm.Length)
        {
            writer.Cut(response);
            full(response);
        }
    }
}
