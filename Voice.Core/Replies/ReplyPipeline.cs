using System.Collections.Concurrent;
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
    private readonly ConcurrentQueue<ReplyClause> _unsent = new();

    /// <summary>Written and not sent: what is missing where the reply is given up.</summary>
    public IReadOnlyCollection<ReplyClause> Unsent => _unsent;

    // A companion's replies and an interpreter's are about the person they are said to.
    private SpeechCaching Caching => modeName switch { "scripted" => SpeechCaching.Fixed, "agent" => SpeechCaching.Reply, _ => SpeechCaching.None };

    public async Task<(ReplyOutcome Outcome, Exception? Exception)> RunAsync(ReplyRequest request, ReplyVoice voice, IReplySink sink, CancellationToken cancellationToken)
    {
        // A whole reply: speech is sent no faster than it plays, and a model that had to wait for that would be taken for stalled. Longer
        // ones wait; nothing is lost.
        var clauses = Channel.CreateBounded<ReplyClause>(new BoundedChannelOptions(256) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });
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

    private async Task<(ReplyOutcome, Exception?)> WriteAsync(ReplyRequest request, IReplySink sink, ChannelWriter<ReplyClause> clauses, CancellationToken cancellationToken)
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

    private async Task<ReplyOutcome> ProcessModeAsync(ReplyRequest request, IReplySink sink, ChannelWriter<ReplyClause> clauses, CancellationToken cancellationToken)
    {
        var words = new Words(request.Language, sink, clauses);
        request = request with { Certain = sink.WaitUntilOpenAsync };
        var any = false;
        await foreach (var part in mode.ReplyAsync(request, cancellationToken))
        {
            switch (part)
            {
                case ReplyPart.Spoken spoken:
                    words.Language = spoken.Language;
                    break;
                case ReplyPart.Translated translated:
                    sink.OnTranslated(translated);
                    break;
                case ReplyPart.Asked asked:
                    sink.OnAsked(asked.Input);
                    break;
                case ReplyPart.Used used:
                    sink.OnUsed(used.Usage);
                    break;
                case ReplyPart.Text text:
                    if (!any)
                    {
                        sink.OnFirstText();
                    }

                    any = true;
                    foreach (var clause in words.Splitter.Add(text.Delta))
                    {
                        if (!await CheckAsync(clause, words, cancellationToken))
                        {
                            return ReplyOutcome.Filtered;
                        }
                    }

                    break;
                case ReplyPart.CutShort cut:
                    return await CutShortAsync(cut, any, words, cancellationToken);
                default:
                    if (!await FinishAsync(words, cancellationToken))
                    {
                        return ReplyOutcome.Filtered;
                    }

                    words.Splitter = new ClauseSplitter();
                    // After a result the model has yet to answer; a call of the client's is an answer.
                    any = part is ReplyPart.Call or ReplyPart.CallDelta || (any && part is not ReplyPart.ServerResult);
                    await clauses.WriteAsync(
                        part is ReplyPart.Filler filler ? new ReplyClause(filler.Value, words.Language, Filler: true) : new ReplyClause(string.Empty, words.Language, Tool: part),
                        cancellationToken);
                    break;
            }
        }

        return !await FinishAsync(words, cancellationToken) ? ReplyOutcome.Filtered
            : any ? ReplyOutcome.Completed
            : throw new ProviderException("provider_failed", FallbackMessage);
    }

    private async ValueTask<ReplyOutcome> CutShortAsync(ReplyPart.CutShort cut, bool any, Words words, CancellationToken cancellationToken)
    {
        if (!await FinishAsync(words, cancellationToken))
        {
            return ReplyOutcome.Filtered;
        }

        if (cut.Filtered && !any)
        {
            await WriteAsync(Phrases.NotSaid(words.Language), words, cancellationToken);
        }

        return cut.Filtered ? ReplyOutcome.Filtered : ReplyOutcome.OutputLimit;
    }

    private async ValueTask<bool> FinishAsync(Words words, CancellationToken cancellationToken) =>
        words.Splitter.Finish() is not { } rest || await CheckAsync(rest, words, cancellationToken);

    private async ValueTask<bool> CheckAsync(string clause, Words words, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var allowed = ReplyGuard.Allows(clause, modeName);
        words.Sink.OnChecked(time.GetElapsedTime(started));
        await WriteAsync(allowed ? clause : Phrases.NotSaid(words.Language), words, cancellationToken);
        return allowed;
    }

    private ValueTask WriteAsync(string text, Words words, CancellationToken cancellationToken)
    {
        var clause = new ReplyClause(text, words.Language);
        _unsent.Enqueue(clause);
        return words.Clauses.WriteAsync(clause, cancellationToken);
    }

    private async Task SpeakAsync(ChannelReader<ReplyClause> clauses, ChannelWriter<SpokenClause> spoken, ReplyVoice voice, CancellationToken cancellationToken)
    {
        List<Task> syntheses = [];
        try
        {
            await foreach (var clause in clauses.EachAsync(cancellationToken))
            {
                // Room first: what is begun before it would be a second clause ahead.
                await spoken.WaitToWriteAsync(cancellationToken);
                var words = SpeechText.Clean(clause.Text, clause.Language);
                var request = voice.Audio && words.Length > 0 ? new SpeechRequest(words, clause.Language, voice.Model, voice.Voice, voice.Speed) { Caching = Caching } : null;
                var next = SpokenClause.Start(clause, request, synthesizer, cancellationToken);
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
    private async Task<Exception?> SendAsync(ChannelReader<SpokenClause> spoken, IReplySink sink, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        await foreach (var clause in spoken.EachAsync(cancellationToken))
        {
            if (clause.Clause.Tool is { } tool)
            {
                await sink.OnToolAsync(tool, cancellationToken);
                continue;
            }

            await sink.OnClauseAsync(clause.Clause.Text, clause.Clause.Filler, cancellationToken);
            if (!clause.Clause.Filler)
            {
                _unsent.TryDequeue(out _);
            }

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

    /// <summary>Text on its way to clauses.</summary>
    private sealed class Words(string language, IReplySink sink, ChannelWriter<ReplyClause> clauses)
    {
        public string Language { get; set; } = language;

        /// <summary>A new one after a tool: speech again begins early.</summary>
        public ClauseSplitter Splitter { get; set; } = new();

        public IReplySink Sink => sink;

        public ChannelWriter<ReplyClause> Clauses => clauses;
    }
}
