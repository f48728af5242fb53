using System.Threading.Channels;
using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Inference.Simulation;

/// <summary>One stream of the simulated transcriber: a partial for each half second, a final <paramref name="latency"/> after the commit.</summary>
internal sealed class SimulatedTranscription(int sampleRate, TimeSpan latency, TimeProvider time) : ILiveTranscription
{
    private const string Sentence = "this is a simulated transcript of what was said";

    // Partials are dropped when nobody reads; finals wait.
    private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(64);
    private readonly CancellationTokenSource _closing = new();
    private Task _answers = Task.CompletedTask;
    private int _bytes;
    private int _words;

    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        _bytes += pcm.Length;
        var words = Math.Min(Words.Length, (int)(Pcm16.Duration(_bytes, sampleRate) / TimeSpan.FromSeconds(0.5)));
        if (words > _words)
        {
            _words = words;
            _events.Writer.TryWrite(new TranscriptionEvent.Partial(string.Join(' ', Words[..words])));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
    {
        var text = _bytes == 0 ? "" : Sentence;
        (_bytes, _words) = (0, 0);
        _answers = AnswerAsync(_answers, time.GetTimestamp(), utteranceId, text);
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        (_bytes, _words) = (0, 0);
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<TranscriptionEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _events.Writer.TryComplete();
        _closing.Dispose();
    }

    private static string[] Words { get; } = Sentence.Split(' ');

    private async Task AnswerAsync(Task before, long committed, string utteranceId, string text)
    {
        await before;
        if (latency - time.GetElapsedTime(committed) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, time, _closing.Token);
        }

        await _events.Writer.WriteAsync(new TranscriptionEvent.Final(utteranceId, text, text.Length == 0 ? 0 : 1), _closing.Token);
    }
}
