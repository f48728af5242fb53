using System.Threading.Channels;
using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Core.Simulation;

/// <summary>
/// One stream of the simulated transcriber. Partials grow word by word while there is voice; the final comes when the turn is committed,
/// but no sooner than a transcriber would have it after the end of the voice. A turn that is cut off in a hesitation gives what was said
/// until then, and the next begins with the rest.
/// </summary>
internal sealed class SimulatedTranscription : ILiveTranscription
{
    private const float VoiceLevel = -45;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Hesitation = TimeSpan.FromMilliseconds(300);

    private readonly SimulatedSentence[] _sentences;
    private readonly SimulationOptions _options;
    private readonly TimeProvider _time;
    private readonly int _frameBytes;
    private readonly Lock _gate = new();

    // Partials are dropped when nobody reads; finals wait.
    private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(64);
    private readonly CancellationTokenSource _closing = new();
    private readonly Queue<(long Due, string Text)> _partials = new();
    private readonly ITimer _partialTimer;
    private Task _answers = Task.CompletedTask;
    private int _utterance;
    private int _sentence;
    private int _firstPart;
    private int _part;
    private int _words;
    private bool _heard;
    private TimeSpan _voice;
    private TimeSpan _silence;
    private long _voiceEnd;

    public SimulatedTranscription(SimulatedSentence[] sentences, SimulationOptions options, int sampleRate, TimeProvider time)
    {
        _sentences = sentences;
        _options = options;
        _time = time;
        _frameBytes = Pcm16.Length(Frame, sampleRate);
        _partialTimer = time.CreateTimer(static state => ((SimulatedTranscription)state!).TellPartials(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _heard |= !pcm.IsEmpty;
            for (var rest = pcm.Span; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, _frameBytes)..])
            {
                Hear(rest[..Math.Min(rest.Length, _frameBytes)]);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var sentence = _sentences[_sentence];
            var text = _heard ? sentence.Text(_firstPart, _part, sentence.Words(_part)) : string.Empty;
            var due = _voice > TimeSpan.Zero || _part > _firstPart ? _voiceEnd + Ticks(_options.TranscriptFinal) : _time.GetTimestamp();
            if (_heard)
            {
                var more = _part + 1 < sentence.Parts;
                _firstPart = more ? _part + 1 : 0;
                _sentence = more ? _sentence : (_sentence + 1) % _sentences.Length;
            }

            Forget();
            _answers = AnswerAsync(_answers, due, utteranceId, text);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Forget();
        }

        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<TranscriptionEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _partialTimer.DisposeAsync();
        await _answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _events.Writer.TryComplete();
        _closing.Dispose();
    }

    private long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * _time.TimestampFrequency);

    private void Hear(ReadOnlySpan<byte> frame)
    {
        if (Pcm16.LevelDbfs(Pcm16.Samples(frame)) < VoiceLevel)
        {
            _silence += Frame;
            return;
        }

        var sentence = _sentences[_sentence];
        if (_silence >= Hesitation && _voice > TimeSpan.Zero && _part + 1 < sentence.Parts)
        {
            _part++;
            (_voice, _words) = (TimeSpan.Zero, 0);
        }

        _silence = TimeSpan.Zero;
        _voice += Frame;
        _voiceEnd = _time.GetTimestamp();
        var words = (int)Math.Min(sentence.Words(_part), _voice / _options.Word);
        if (words > _words)
        {
            _words = words;
            _partials.Enqueue((_voiceEnd + Ticks(_options.PartialDelay), sentence.Text(_firstPart, _part, words)));
            Schedule();
        }
    }

    private void Forget()
    {
        _utterance++;
        _part = _firstPart;
        _words = 0;
        _heard = false;
        _voice = _silence = TimeSpan.Zero;
        _partials.Clear();
    }

    private void Schedule()
    {
        if (_partials.TryPeek(out var next))
        {
            var wait = _time.GetElapsedTime(_time.GetTimestamp(), next.Due);
            _partialTimer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void TellPartials()
    {
        lock (_gate)
        {
            while (_partials.TryPeek(out var next) && next.Due <= _time.GetTimestamp())
            {
                _partials.Dequeue();
                _events.Writer.TryWrite(new TranscriptionEvent.Partial(next.Text) { Utterance = _utterance });
            }

            if (!_closing.IsCancellationRequested)
            {
                Schedule();
            }
        }
    }

    private async Task AnswerAsync(Task before, long due, string utteranceId, string text)
    {
        await before;
        if (_time.GetElapsedTime(_time.GetTimestamp(), due) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, _time, _closing.Token);
        }

        await _events.Writer.WriteAsync(new TranscriptionEvent.Final(utteranceId, text, text.Length == 0 ? 0 : 1), _closing.Token);
    }
}
