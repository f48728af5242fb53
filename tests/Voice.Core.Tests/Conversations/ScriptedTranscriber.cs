using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Voice.Core;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations;

/// <summary>Answers each commit, 50 ms later, with the next of its texts. Its streams can be broken and refused.</summary>
internal sealed class ScriptedTranscriber(TimeProvider time) : ILiveTranscriber
{
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    public TimeSpan Takes { get; set; } = Delay;

    public Queue<string?> Texts { get; } = new();

    public List<Stream> Streams { get; } = [];

    public bool Refusing { get; set; }

    /// <summary>Instead of every stream.</summary>
    public ProviderException? Refusal { get; set; }

    /// <summary>Commits are taken and never answered.</summary>
    public bool Silent { get; set; }

    public ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        if (Refusing)
        {
            throw new ProviderException("provider_unavailable", "no worker");
        }

        if (Refusal is { } refusal)
        {
            throw refusal;
        }

        var stream = new Stream(this, time);
        Streams.Add(stream);
        return new(stream);
    }

    internal sealed class Stream(ScriptedTranscriber owner, TimeProvider time) : ILiveTranscription
    {
        private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(100);

        /// <summary>Commits and clears so far.</summary>
        public int Ended { get; private set; }

        public int Bytes { get; private set; }

        public List<string> Commits { get; } = [];

        public bool Disposed { get; private set; }

        /// <param name="utterance">Null for the one that grows.</param>
        public void Partial(string text, int? utterance = null) => _events.Writer.TryWrite(new TranscriptionEvent.Partial(text) { Utterance = utterance ?? Ended });

        /// <summary>Of an engine that does not say which utterance it is about.</summary>
        public void UnnamedPartial(string text) => _events.Writer.TryWrite(new TranscriptionEvent.Partial(text));

        /// <summary>Of the last commit, where the transcriber is <see cref="Silent"/>.</summary>
        public void Final(string text) => _events.Writer.TryWrite(new TranscriptionEvent.Final(Commits[^1], text, 0.9));

        public void Break() => _events.Writer.TryComplete(new ProviderException("provider_failed", "broken"));

        public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
        {
            Bytes += pcm.Length;
            return ValueTask.CompletedTask;
        }

        public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
        {
            Ended++;
            Commits.Add(utteranceId);
            if (!owner.Silent)
            {
                // An ITimer of the virtual clock; nothing to await.
                time.CreateTimer(_ => Answer(utteranceId), null, owner.Takes, Timeout.InfiniteTimeSpan);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask ClearAsync(CancellationToken cancellationToken)
        {
            Ended++;
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
            return ValueTask.CompletedTask;
        }

        private void Answer(string utteranceId)
        {
            var text = owner.Texts.Count > 0 ? owner.Texts.Dequeue() : "hello";
            _events.Writer.TryWrite(text is null
                ? new TranscriptionEvent.Failed(utteranceId, "scripted")
                : new TranscriptionEvent.Final(utteranceId, text, 0.9));
        }
    }
}
