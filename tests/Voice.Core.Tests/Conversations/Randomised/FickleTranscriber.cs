using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>A live transcriber that does what the script says.</summary>
internal sealed class FickleTranscriber(TimeProvider time) : ILiveTranscriber
{
    private readonly List<Stream> _streams = [];

    public Step.Hear Does { get; set; } = new("when are you open", Step.Outcome.Final, 50, 0, true, false);

    public int Running => _streams.Count(stream => !stream.Disposed);

    public ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        if (Does.Refuses)
        {
            throw new ProviderException("provider_unavailable", "no worker");
        }

        var stream = new Stream(this, time);
        _streams.Add(stream);
        return new(stream);
    }

    public void Break(bool cleanly) => _streams.LastOrDefault()?.Break(cleanly);

    /// <param name="named">Says which utterance it is about.</param>
    /// <param name="late">About the one before.</param>
    public void Partial(string text, bool named, bool late) => _streams.LastOrDefault()?.Partial(text, named, late);

    private sealed class Stream(FickleTranscriber owner, TimeProvider time) : ILiveTranscription
    {
        /// <summary>16-bit at 16 kHz: a word every 300 ms.</summary>
        private const int BytesPerWord = 9_600;

        private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(1_000);
        private readonly List<ITimer> _timers = [];
        private bool _broken;
        private int _bytes;
        private int _words;
        private int _ended;

        public bool Disposed { get; private set; }

        public void Partial(string text, bool named = true, bool late = false) =>
            _events.Writer.TryWrite(new TranscriptionEvent.Partial(text) { Utterance = named ? (late ? _ended - 1 : _ended) : null });

        public void Break(bool cleanly)
        {
            _broken = true;
            _events.Writer.TryComplete(cleanly ? null : new ProviderException("provider_failed", "broken"));
        }

        public async ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(Disposed, this);
            if (owner.Does.Append > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(owner.Does.Append), time, cancellationToken);
            }

            if (_broken)
            {
                throw new IOException("The stream is broken.");
            }

            _bytes += pcm.Length;
            var words = owner.Does.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (owner.Does.Partials && _bytes / BytesPerWord > _words && _words < words.Length)
            {
                Partial(string.Join(' ', words.Take(++_words)));
            }
        }

        public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
        {
            (_bytes, _words) = (0, 0);
            _ended++;
            var does = owner.Does;
            if (does.Answer != Step.Outcome.Never)
            {
                _timers.Add(time.CreateTimer(_ => Answer(utteranceId, does), null, TimeSpan.FromMilliseconds(does.After), Timeout.InfiniteTimeSpan));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask ClearAsync(CancellationToken cancellationToken)
        {
            (_bytes, _words) = (0, 0);
            _ended++;
            return ValueTask.CompletedTask;
        }

        public async IAsyncEnumerable<TranscriptionEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var update in _events.Reader.EachAsync(cancellationToken))
            {
                yield return update;
            }
        }

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            _timers.ForEach(timer => timer.Dispose());
            return ValueTask.CompletedTask;
        }

        private void Answer(string utteranceId, Step.Hear does)
        {
            if (does.Answer == Step.Outcome.Unknown)
            {
                _events.Writer.TryWrite(new TranscriptionEvent.Final("utt_unknown", does.Text, 0.1));
            }

            TranscriptionEvent answer = does.Answer == Step.Outcome.Failed
                ? new TranscriptionEvent.Failed(utteranceId, "scripted")
                : new TranscriptionEvent.Final(utteranceId, does.Text, 0.9);
            _events.Writer.TryWrite(answer);
            if (does.Answer == Step.Outcome.Twice)
            {
                _events.Writer.TryWrite(answer);
            }
        }
    }
}
