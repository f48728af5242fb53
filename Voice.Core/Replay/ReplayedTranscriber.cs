using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Voice.Core.Providers;

namespace Voice.Core.Replay;

/// <summary>
/// What was understood then. Partials and breaks come when they came; the answer to a commit is that of the recorded commit nearest in time,
/// as long after it as it was then. On one thread.
/// </summary>
internal sealed class ReplayedTranscriber(IReadOnlyList<RecordedCall> streams, DateTimeOffset start, TimeProvider time) : ILiveTranscriber
{
    /// <summary>Another turn-taking commits earlier or later; beyond this it is another utterance.</summary>
    private static readonly TimeSpan Nearby = TimeSpan.FromSeconds(3);

    private readonly List<RecordedCommit> _commits = [.. streams.SelectMany((stream, number) => Commits(stream, number))];
    private readonly Dictionary<int, Stream> _open = [];
    private Stream? _current;

    /// <summary>How much later than then everything comes by now.</summary>
    public TimeSpan Behind { get; set; }

    private int _opened;

    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
    {
        var number = _opened++;
        var recorded = number < streams.Count ? streams[number] : null;
        var first = recorded?.Parts.FirstOrDefault();
        if (recorded is not null && first is { Entry: not null } && first.Value.At > recorded.At)
        {
            await Task.Delay(first.Value.At - recorded.At, time, cancellationToken);
        }

        if (first is { Entry.Event: "failed" })
        {
            throw ProviderFailures.ToException(first.Value.Entry);
        }

        return _open[number] = _current = new Stream(this, number);
    }

    /// <summary>Something the transcriber said of its own accord.</summary>
    public void Say(ProviderEntry entry)
    {
        // Streams are opened in the order they were; one beside the others writes down audio that came as an item.
        var stream = _open.GetValueOrDefault(entry.Call - 1) ?? _current;
        switch (entry.Event)
        {
            case "partial":
                stream?.Partial(entry);
                break;
            case "failed":
                stream?.Events.TryComplete(ProviderFailures.ToException(entry));
                break;
            default:
                stream?.Events.TryComplete();
                break;
        }
    }

    private void Answer(Stream stream, string utteranceId)
    {
        var now = time.GetUtcNow() - start - Behind;
        var nearest = _commits.Where(commit => (commit.At - now).Duration() <= Nearby)
            .OrderBy(commit => commit.Stream == stream.Number ? 0 : 1).ThenBy(commit => (commit.At - now).Duration()).FirstOrDefault();
        if (nearest is null)
        {
            stream.Events.TryWrite(new TranscriptionEvent.Failed(utteranceId, "The recorded session has no utterance that ends here."));
            return;
        }

        _commits.Remove(nearest);
        if (nearest.Answer is { } answer)
        {
            stream.AnswerAfter(answer.At - nearest.At, answer.Entry.Event == "final"
                ? new TranscriptionEvent.Final(utteranceId, answer.Entry.Text ?? string.Empty, answer.Entry.Confidence)
                : new TranscriptionEvent.Failed(utteranceId, answer.Entry.Text ?? string.Empty));
        }
    }

    private static IEnumerable<RecordedCommit> Commits(RecordedCall stream, int number)
    {
        foreach (var commit in stream.Parts.Where(part => part.Entry.Event == "commit"))
        {
            var answers = stream.Parts.Where(part => part.Entry.Event is "final" or "utterance_failed" && part.Entry.Id == commit.Entry.Id);
            yield return new RecordedCommit(number, commit.At, answers.Select(part => (RecordedPart?)part).FirstOrDefault());
        }
    }

    private sealed record RecordedCommit(int Stream, TimeSpan At, RecordedPart? Answer);

    private sealed class Stream(ReplayedTranscriber owner, int number) : ILiveTranscription
    {
        /// <summary>Of those that were opened, from 0.</summary>
        public int Number => number;

        // As many partials as anybody says within one utterance; the engine reads at once.
        private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(1_024);

        private readonly List<ITimer> _answers = [];
        private int _ended;

        public ChannelWriter<TranscriptionEvent> Events => _events.Writer;

        // What was late then is late now, whatever its utterance is called by a turn-taking that ends them elsewhere.
        public void Partial(ProviderEntry entry) => _events.Writer.TryWrite(
            new TranscriptionEvent.Partial(entry.Text ?? string.Empty) { Utterance = entry.Late is { } late ? (late ? _ended - 1 : _ended) : null });

        public void AnswerAfter(TimeSpan delay, TranscriptionEvent answer) =>
            _answers.Add(owner.Time.CreateTimer(_ => _events.Writer.TryWrite(answer), null, delay, Timeout.InfiniteTimeSpan));

        public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
        {
            _ended++;
            owner.Answer(this, utteranceId);
            return ValueTask.CompletedTask;
        }

        public ValueTask ClearAsync(CancellationToken cancellationToken)
        {
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
            foreach (var answer in _answers)
            {
                answer.Dispose();
            }

            return ValueTask.CompletedTask;
        }
    }

    private TimeProvider Time => time;
}
