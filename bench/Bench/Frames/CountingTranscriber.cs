using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Voice.Core.Providers;

namespace Voice.Bench.Frames;

/// <summary>Counts what it is given and understands nothing: the engine's own work is measured.</summary>
internal sealed class CountingTranscriber : ILiveTranscriber
{
    private long _bytes;
    private long _commits;

    public long Bytes => Interlocked.Read(ref _bytes);

    public long Commits => Interlocked.Read(ref _commits);

    public ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken) => new(new Stream(this));

    private sealed class Stream(CountingTranscriber owner) : ILiveTranscription
    {
        // One answer per commit, and a commit at a time.
        private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(16);

        public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref owner._bytes, pcm.Length);
            return ValueTask.CompletedTask;
        }

        public async ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
        {
            await _events.Writer.WriteAsync(new TranscriptionEvent.Final(utteranceId, string.Empty, null), cancellationToken);
            Interlocked.Increment(ref owner._commits);
        }

        public ValueTask ClearAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public async IAsyncEnumerable<TranscriptionEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (await _events.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_events.Reader.TryRead(out var update))
                {
                    yield return update;
                }
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
