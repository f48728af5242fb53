using System.Diagnostics;
using Voice.Core.Modes;
using Voice.Core.Replies;
using Voice.Core.Text;

namespace Voice.Core.Conversations;

/// <summary>Makes replies, each in a task of its own, and says how each ended. Under the conversation's gate, except the tasks.</summary>
/// <param name="full">The response has used up what it may say. Under the gate.</param>
/// <param name="concluded">The reply of a response that is still active has ended. Under the gate.</param>
internal sealed class ReplyRuns(
    ConversationContext context, ResponseWriter writer, Action<ActiveResponse> full, Action<ActiveResponse, ReplyOutcome, Exception?> concluded)
{
    private readonly List<Task> _tasks = [];

    public ReplyRun New(IConversationMode mode, string modeName) =>
        new(new ResponseSink(context, writer, full), new ReplyPipeline(mode, modeName, context.Synthesizer, context.Time));

    public void Start(ReplyRun run, ReplyRequest request, ReplyVoice voice) => Track(DoRunAsync(run, request, voice));

    /// <summary>Nobody waits for it any more.</summary>
    public void GiveUp(ReplyRun run)
    {
        if (!run.Over && !run.GivenUp)
        {
            Track(run.StopAsync());
        }
    }

    /// <summary>What is left of an interrupted reply, and who sends it: what was making it, or something new where that is gone.</summary>
    /// <returns>Null where all of it was heard.</returns>
    public (ReplyRun Run, ReplyPiece[] Again)? Continue(ActiveResponse interrupted, TimeSpan heard, ReplyVoice voice)
    {
        var run = interrupted.Run;
        ReplyPiece[] rest = [.. interrupted.Ledger.Rest(heard)];
        if (run is { Over: false, GivenUp: false })
        {
            return (run, rest);
        }

        // Its task does not send any more, so what it had left is ours.
        rest = [.. rest, .. run.Sink.Left];
        ReplyClause[] unsent = run.GivenUp && run.Pipeline is { } pipeline ? [.. pipeline.Unsent] : [];
        var words = string.Join(' ', unsent.Select(clause => clause.Text));
        if (run.GivenUp && interrupted.Ledger.Unfinished && Array.FindLastIndex(rest, piece => piece.Words is not null) is var last and >= 0)
        {
            // The rest of this clause's audio was never made.
            words = $"{rest[last].Words} {words}".Trim();
            rest = rest[..last];
        }

        if (rest.Length == 0 && words.Length == 0)
        {
            return null;
        }

        var language = unsent.Length > 0 ? unsent[^1].Language : context.Agent.Language;
        var next = words.Length == 0 ? new ReplyRun(new ResponseSink(context, writer, full), null) : New(new ScriptedMode(words, language), "scripted");
        Start(next, new ReplyRequest(string.Empty, [], null, context.Agent.Language), voice);
        return (next, rest);
    }

    public async Task WhenAllAsync()
    {
        Task[] running;
        lock (context.Gate)
        {
            running = [.. _tasks];
        }

        await Task.WhenAll(running);
    }

    private void Track(Task task)
    {
        _tasks.RemoveAll(done => done.IsCompleted);
        _tasks.Add(task);
    }

    private async Task DoRunAsync(ReplyRun run, ReplyRequest request, ReplyVoice voice)
    {
        // Off the receive loop, and under the turn's trace.
        await Task.Yield();
        Activity.Current = run.Sink.Response?.Turn?.Activity;
        var cancellation = run.Cancellation.Token;
        var outcome = ReplyOutcome.Completed;
        Exception? exception = null;
        try
        {
            (outcome, exception) = await ProcessAsync(run, request, voice, cancellation);
            if (!run.Over)
            {
                await run.Sink.SendAgainAsync(cancellation);
            }

        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            outcome = ReplyOutcome.Completed;
        }

        lock (context.Gate)
        {
            run.Over = true;
            if (run.Sink.Response is { Active: true } response)
            {
                concluded(response, outcome, exception);
            }
        }
    }

    /// <summary>What failed before anybody asked for it is not apologised for: it is asked for again.</summary>
    private bool Staged(ReplyRun run)
    {
        lock (context.Gate)
        {
            run.Over |= run.Sink.Response is null;
            return run.Over;
        }
    }

    private async Task<(ReplyOutcome, Exception?)> ProcessAsync(ReplyRun run, ReplyRequest request, ReplyVoice voice, CancellationToken cancellationToken)
    {
        if (run.Pipeline is null)
        {
            return (ReplyOutcome.Completed, null);
        }

        var (outcome, exception) = await run.Pipeline.RunAsync(request, voice, run.Sink, cancellationToken);
        if (outcome == ReplyOutcome.ModeFailed && !cancellationToken.IsCancellationRequested && !Staged(run))
        {
            var apology = context.Agent.Mode == "interpreter" ? Phrases.CannotTranslate(request.Language) : Phrases.CannotAnswer(request.Language);
            var spoken = new ReplyPipeline(new ScriptedMode(apology), "scripted", context.Synthesizer, context.Time);
            await spoken.RunAsync(request, voice, run.Sink, cancellationToken);
        }

        return (outcome, exception);
    }
}
