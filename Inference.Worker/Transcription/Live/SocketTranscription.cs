using System.Threading.Channels;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Transcription.Live;

/// <summary>
/// A live stream over a provider's WebSocket: what all of them have in common. It knows which audio belongs to which commit, answers commits in
/// their order, gives up where an answer is not had in time, and ends the socket. What the provider's messages are is the derived class's.
/// Where the socket fails so does the stream; another is the conversation's to open, which alone knows what to repeat.
/// </summary>
internal abstract class SocketTranscription(ProviderSocket socket, string who, TimeSpan timeout, int sampleRate, TimeProvider time) : ILiveTranscription
{
    /// <summary>How often waits are looked after.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    /// <summary>More than any conversation has open; a provider that answers nothing is given up before.</summary>
    private const int MaxOpen = 256;

    // When full the provider's messages stay on the wire. No answer is lost.
    private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(64);
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _telling = new(1, 1);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Queue<LiveUtterance> _open = new();
    private readonly Queue<TranscriptionEvent> _partials = new();
    private LiveUtterance _current = new(0, 0);
    private ProviderException? _failure;
    private long _lastSent;
    private Task _receiving = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private bool _disposed;

    protected string Who { get; } = who;

    protected TimeSpan Timeout { get; } = timeout;

    protected int SampleRate { get; } = sampleRate;

    protected TimeProvider Time { get; } = time;

    protected ProviderSocket Socket { get; } = socket;

    /// <summary>Guards the utterances. Derived classes are called with it held where their comment says so.</summary>
    protected Lock State { get; } = new();

    /// <summary>That which is being spoken.</summary>
    protected LiveUtterance Current => _current;

    /// <summary>Ended and not yet told, the oldest first.</summary>
    protected IEnumerable<LiveUtterance> Open => _open;

    /// <summary>Time since something was sent.</summary>
    protected TimeSpan Quiet => Time.GetElapsedTime(Volatile.Read(ref _lastSent));

    /// <summary>After whatever the protocol agrees upon first.</summary>
    public void Begin()
    {
        _lastSent = Time.GetTimestamp();
        _receiving = ReceiveAllAsync();
        _watching = WatchAsync();
    }

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        if (pcm.IsEmpty)
        {
            return;
        }

        var utterance = _current;
        utterance.End += pcm.Length;
        Volatile.Write(ref _lastSent, Time.GetTimestamp());
        await SendAudioAsync(utterance, pcm, cancellationToken);
    }

    public async ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        await EndAsync(utteranceId, cancellationToken);
        await TellAsync();
    }

    public async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        await EndAsync(null, cancellationToken);
    }

    public IAsyncEnumerable<TranscriptionEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _closing.CancelAsync();
        _events.Writer.TryComplete();
        await Socket.CloseAsync();
        try
        {
            // For the provider's own goodbye: what is aborted with messages unread is reset, and a reset can overtake the close on its way.
            await _receiving.WaitAsync(CloseTimeout, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // It says none.
        }

        await Socket.DisposeAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    protected abstract ValueTask SendAudioAsync(LiveUtterance utterance, ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken);

    /// <summary>The utterance has audio and ended just now, by a commit or a clear.</summary>
    protected abstract ValueTask SendEndAsync(LiveUtterance ended, CancellationToken cancellationToken);

    /// <summary>Called with <see cref="State"/> held. Fails the stream by throwing <see cref="ProviderException"/>.</summary>
    protected abstract void Receive(bool binary, ReadOnlyMemory<byte> message);

    /// <summary>Called several times a second with <see cref="State"/> held.</summary>
    protected virtual void Watch()
    {
    }

    /// <summary>Called several times a second: a sign of life, where the provider wants one.</summary>
    protected virtual ValueTask KeepAliveAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>The provider has closed: why, in words that may be shown.</summary>
    protected virtual ProviderException Closed() => new("provider_failed", $"{Who} ended the connection.");

    /// <summary>With <see cref="State"/> held: the hypothesis for what is not yet final of this utterance.</summary>
    protected void Partial(LiveUtterance utterance, string text)
    {
        if (!utterance.Cleared && !utterance.Answered)
        {
            var settled = utterance.Text;
            text = text.Trim();
            _partials.Enqueue(new TranscriptionEvent.Partial(settled.Length == 0 ? text : text.Length == 0 ? settled : $"{settled} {text}") { Utterance = utterance.Index });
        }
    }

    /// <summary>Seconds of the stream's audio.</summary>
    protected double Seconds(long bytes) => (double)bytes / sizeof(short) / SampleRate;

    /// <summary>With <see cref="State"/> held: whose audio this stretch is, in seconds of the stream; null for one that is told already.</summary>
    protected LiveUtterance? At(double from, double to)
    {
        var middle = (from + to) / 2;
        var utterance = _open.FirstOrDefault(open => middle < Seconds(open.End)) ?? _current;
        return utterance.Answered || middle < Seconds(utterance.Start) ? null : utterance;
    }

    /// <summary>One message at a time, whoever sends.</summary>
    protected async ValueTask SendAsync(ReadOnlyMemory<byte> message, bool binary, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await (binary ? Socket.SendBinaryAsync(message, cancellationToken) : Socket.SendTextAsync(message, cancellationToken));
        }
        finally
        {
            _sending.Release();
        }
    }

    protected void ThrowIfFailed()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw new ProviderException(failure.Code, failure.Message, failure) { RetryAfter = failure.RetryAfter };
        }
    }

    private async ValueTask EndAsync(string? id, CancellationToken cancellationToken)
    {
        LiveUtterance ended;
        lock (State)
        {
            if (_open.Count >= MaxOpen)
            {
                throw new ProviderException("provider_unavailable", $"{MaxOpen} utterances wait for {Who} already.");
            }

            ended = _current;
            if (id is null)
            {
                ended.Clear(Time.GetTimestamp());
            }
            else
            {
                ended.Commit(id, Time.GetTimestamp());
            }

            _open.Enqueue(ended);
            _current = new LiveUtterance(ended.Index + 1, ended.End);
            if (ended.End == ended.Start)
            {
                ended.Answer();
            }
        }

        if (ended.End > ended.Start)
        {
            Volatile.Write(ref _lastSent, Time.GetTimestamp());
            await SendEndAsync(ended, cancellationToken);
        }
    }

    private async Task ReceiveAllAsync()
    {
        try
        {
            // Waits are looked after below, by what they are for: a stream may be silent for as long as its speaker.
            while (await Socket.ReceiveAsync(CancellationToken.None, isIdle: true) is { } received)
            {
                if (_closing.IsCancellationRequested)
                {
                    continue;
                }

                lock (State)
                {
                    Receive(!received.IsText, received.Payload);
                }

                await TellAsync();
            }

            await FailAsync(Closed());
        }
        catch (ProviderException failure)
        {
            await FailAsync(failure);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The socket was cut, by the watch or by disposal.
            await FailAsync(new ProviderException("provider_failed", $"The connection to {Who} broke off.", failure));
        }
    }

    private async Task WatchAsync()
    {
        using var tick = new PeriodicTimer(Tick, Time);
        try
        {
            while (await tick.WaitForNextTickAsync(_closing.Token))
            {
                lock (State)
                {
                    Watch();
                    if (_open.TryPeek(out var oldest) && !oldest.Answered && Time.GetElapsedTime(oldest.EndedAt) > Timeout)
                    {
                        throw new ProviderException("provider_unavailable", $"{Who} did not answer in time.");
                    }
                }

                await TellAsync();
                await KeepAliveAsync(_closing.Token);
            }
        }
        catch (ProviderException failure)
        {
            await FailAsync(failure);
        }
    }

    private async Task TellAsync()
    {
        try
        {
            await _telling.WaitAsync(_closing.Token);
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException)
        {
            return;
        }

        try
        {
            while (Next() is { } told)
            {
                await _events.Writer.WriteAsync(told, _closing.Token);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or ChannelClosedException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
        finally
        {
            _telling.Release();
        }
    }

    private TranscriptionEvent? Next()
    {
        lock (State)
        {
            if (_partials.TryDequeue(out var partial))
            {
                return partial;
            }

            while (_open.TryPeek(out var oldest) && oldest.Answered)
            {
                _open.Dequeue();
                if (oldest.Event() is { } answer)
                {
                    return answer;
                }
            }

            return null;
        }
    }

    private async Task FailAsync(ProviderException failure)
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        if (Interlocked.CompareExchange(ref _failure, failure, null) is not null)
        {
            return;
        }

        // What was answered before is told before.
        await TellAsync();
        _events.Writer.TryComplete(failure);
        await Socket.DisposeAsync();
    }
}
