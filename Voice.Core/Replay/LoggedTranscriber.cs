using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Replay;

internal sealed class LoggedTranscriber(ILiveTranscriber inner, SessionLog log) : ILiveTranscriber
{
    public const string Stage = "transcription";

    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        var call = log.Call(Stage);
        try
        {
            var stream = await inner.StartAsync(options, cancellationToken);
            log.Provider(new ProviderEntry(Stage, call, "opened"));
            return new Stream(stream, log, call);
        }
        catch (Exception exception)
        {
            log.Provider(ProviderFailures.Of(Stage, call, exception));
            throw;
        }
    }

    private sealed class Stream(ILiveTranscription inner, SessionLog log, int call) : ILiveTranscription
    {
        private int _ended;

        public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) => inner.AppendAsync(pcm, cancellationToken);

        public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _ended);
            log.Provider(new ProviderEntry(Stage, call, "commit") { Id = utteranceId });
            return inner.CommitAsync(utteranceId, cancellationToken);
        }

        public ValueTask ClearAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _ended);
            return inner.ClearAsync(cancellationToken);
        }

        public async IAsyncEnumerable<TranscriptionEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var updates = inner.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                while (await MoveNextAsync(updates))
                {
                    log.Provider(Describe(updates.Current));
                    yield return updates.Current;
                }
            }
            finally
            {
                await updates.DisposeAsync();
            }
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<TranscriptionEvent> updates)
        {
            try
            {
                var more = await updates.MoveNextAsync();
                if (!more)
                {
                    log.Provider(new ProviderEntry(Stage, call, "end"));
                }

                return more;
            }
            catch (Exception exception)
            {
                log.Provider(ProviderFailures.Of(Stage, call, exception));
                throw;
            }
        }

        private ProviderEntry Describe(TranscriptionEvent update) => update switch
        {
            TranscriptionEvent.Partial partial => new ProviderEntry(Stage, call, "partial") { Text = partial.Text, Late = partial.Utterance is { } utterance ? utterance != Volatile.Read(ref _ended) : null },
            TranscriptionEvent.Final final => new ProviderEntry(Stage, call, "final") { Id = final.UtteranceId, Text = final.Text, Confidence = final.Confidence },
            TranscriptionEvent.Failed failed => new ProviderEntry(Stage, call, "utterance_failed") { Id = failed.UtteranceId, Text = failed.Reason },
            _ => new ProviderEntry(Stage, call, update.GetType().Name),
        };
    }
}
