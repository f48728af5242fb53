using System.Threading.Channels;
using Voice.Core.Modes;
using Voice.Core.Providers;
using Voice.Core.Safety;
using Voice.Core.Text;

namespace Voice.Core.Replies;

/// <summary>
/// mode -> clauses -> guard -> speech -> sink. Three stages run at once: while one clause is sent, the next is synthesised and those
/// after it are written. Reports how it ended; what to do about it is the caller's.
/// </summary>
internal sealed class ReplyPipeline(IConversationMode mode, string modeName, ISpeechSynthesizer synthesizer, TimeProvider time)
{
    private const string FallbackMessage = "The reply was empty.";

    public async Task<(ReplyOutcome Outcome, Exception? Exception)> RunAsync(ReplyRequest request, ReplyVoice voice, IReplySink sink, CancellationToken cancellationToken)
    {
        // A whole reply: speech is sent no faster than it plays, and a model that had to wait for that would be taken for stalled. Longer
        // ones wait; nothing is lost.
        var clauses = Channel.CreateBounded<Clause>(new BoundedChannelOptions(256) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
        // One clause ahead of the one being sent; the synthesis of more would be thrown away by most interruptions.
        var spoken = Channel.CreateBounded<SpokenClause>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(request, sink, clauses.Writer, ending.Token);
        var speaking = SpeakAsync(clauses.Reader, spoken.Writer, voice, ending.Token);

        Exception? speechFailure;
        try
        {
            speechFailure = await SendAsync(spoken.Reader, sink, cancellationToken);
        }
        finally
        {
            // Neither throws; what they began must not outlive this call.
            ending.Cancel();
            await speaking;
            await writing;
        }

        var (outcome, modeFailure) = await writing;
        return speechFailure is not null ? (ReplyOutcome.SpeechFailed, speechFailure) : (outcome, modeFailure);
    }

    private async Task<(ReplyOutcome, Exception?)> WriteAsync(ReplyRequest request, IReplySink sink, ChannelWriter<Clause> clauses, CancellationToken cancellationToken)
    {
        try
        {
            return (await ProcessModeAsync(request, sink, clauses, cancellationToken), null);
        }
        catch (Exception exception)
        {
            return (ReplyOutcome.ModeFailed, exception);
        }
        finally
        {
            clauses.Complete();
        }
    }

    private async Task<ReplyOutcome> ProcessModeAsync(ReplyRequest request, IReplySink sink, ChannelWriter<Clause> clauses, CancellationToken cancellationToken)
    {
        var splitter = new ClauseSplitter();
        var language = request.Language;
        var any = false;
        await foreach (var part in mode.ReplyAsync(request, cancellationToken))
        {
            switch (part)
            {
                case ReplyPart.Spoken spoken:
                    language = spoken.Language;
                    break;
                case ReplyPart.Translated translated:
                    sink.OnTranslated(translated);
                    break;
                case ReplyPart.Text text:
                    if (!any)
                    {
                        sink.OnFirstText();
                    }

                    any = true;
                    foreach (var clause in splitter.Add(text.Delta))
                    {
                        if (!await CheckAsync(clause, language, sink, clauses, cancellationToken))
                        {
                            return ReplyOutcome.Filtered;
                        }
                    }

                    break;
            }
        }

        if (splitter.Finish() is { } rest && !await CheckAsync(rest, language, sink, clauses, cancellationToken))
        {
            return ReplyOutcome.Filtered;
        }

        return any ? ReplyOutcome.Completed : throw new ProviderException("provider_failed", FallbackMessage);
    }

    private async ValueTask<bool> CheckAsync(string clause, string language, IReplySink sink, ChannelWriter<Clause> clauses, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var allowed = ReplyGuard.Allows(clause, modeName);
        sink.OnChecked(time.GetElapsedTime(started));
        await clauses.WriteAsync(new Clause(allowed ? clause : Phrases.NotSaid(language), language), cancellationToken);
        return allowed;
    }

    private async Task SpeakAsync(ChannelReader<Clause> clauses, ChannelWriter<SpokenClause> spoken, ReplyVoice voice, CancellationToken cancellationToken)
    {
        List<Task> syntheses = [];
        try
        {
            await foreach (var clause in clauses.EachAsync(cancellationToken))
            {
                // Room first: what is begun before it would be a second clause ahead.
                await spoken.WaitToWriteAsync(cancellationToken);
                var words = SpeechText.Clean(clause.Text, clause.Language);
                var request = voice.Audio && words.Length > 0 ? new SpeechRequest(words, clause.Language, voice.Model, voice.Voice, voice.Speed) : null;
                var next = SpokenClause.Start(clause.Text, request, synthesizer, cancellationToken);
                syntheses.Add(next.Synthesis);
                await spoken.WriteAsync(next, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Ended by the sender or from outside; what was begun is awaited below.
        }

        spoken.Complete();
        await Task.WhenAll(syntheses);
    }

    /// <returns>What speech failed with. The words still go to the client, as text.</returns>
    private static async Task<Exception?> SendAsync(ChannelReader<SpokenClause> spoken, IReplySink sink, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        await foreach (var clause in spoken.EachAsync(cancellationToken))
        {
            await sink.WaitUntilOpenAsync(cancellationToken);
            sink.OnClause(clause.Text);
            if (failure is not null)
            {
                continue;
            }

            var begun = false;
            try
            {
                await foreach (var block in clause.Audio(cancellationToken))
                {
                    begun = true;
                    await sink.OnAudioAsync(block, cancellationToken);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The rest of a clause that broke off is lost: from its start it would be said twice. The next one is spoken.
                failure = begun ? null : exception;
            }
        }

        return failure;
    }

    private readonly record struct Clause(string Text, string Language);
}
