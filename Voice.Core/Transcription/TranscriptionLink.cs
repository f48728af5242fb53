using System.Diagnostics;
using System.Threading.Channels;
using Voice.Core.Providers;

namespace Voice.Core.Transcription;

/// <summary>
/// The session's line to the transcriber. Callers never wait; a stream that breaks is replaced, and what it had not answered is
/// sent again to the next one, so that a worker's death costs a delay and not the words.
/// </summary>
internal sealed class TranscriptionLink(ILiveTranscriber transcriber, TranscriptionOptions options, ITranscriptionSink sink, TimeProvider time) : IAsyncDisposable
{
    /// <summary>30 s of 20 ms frames, then commands. Audio that finds it full is lost and counted; the last places are kept for commits.</summary>
    private const int AudioCapacity = 1_500;
    private const string UnsupportedLanguage = "unsupported_language";
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(3);

    // Wait mode with TryWrite only: the writer is the receive loop, which must not wait; what is lost when full is said above.
    private readonly Channel<TranscriptionCommand> _commands = Channel.CreateBounded<TranscriptionCommand>(
        new BoundedChannelOptions(AudioCapacity + 256) { SingleReader = true, SingleWriter = false, FullMode = BoundedChannelFullMode.Wait });

    private readonly TranscriptionBacklog _backlog = new();
    private readonly HandOver _work = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile TranscriptionOptions _options = options;
    private bool _reopening;
    private Task _running = Task.CompletedTask;
    private long _droppedFrames;

    // The block that the growing utterance is written into; the caller's, as Append, Commit and Clear are.
    private byte[]? _block;
    private int _blockUsed;
    private volatile bool _waiting;

    public long DroppedFrames => Interlocked.Read(ref _droppedFrames);

    /// <summary>How many utterances were committed or cleared: the number of the one that grows. The caller's, as Append, Commit and Clear are.</summary>
    public int Utterance { get; private set; }

    public void Start() => _running = DoRunAsync(_stop.Token);

    /// <param name="pcm">Copied.</param>
    public void Append(ReadOnlySpan<byte> pcm)
    {
        if (_commands.Reader.Count >= AudioCapacity)
        {
            Interlocked.Increment(ref _droppedFrames);
            return;
        }

        if (_block is null || _blockUsed + pcm.Length > _block.Length)
        {
            (_block, _blockUsed) = (UtteranceAudio.Pool.Rent(Math.Max(pcm.Length, UtteranceAudio.BlockLength)), 0);
        }

        pcm.CopyTo(_block.AsSpan(_blockUsed));
        _commands.Writer.TryWrite(new TranscriptionCommand(TranscriptionCommandKind.Append, _block, _blockUsed, pcm.Length, null, null));
        _blockUsed += pcm.Length;
        _waiting = true;
    }

    /// <summary>
    /// What was appended, committed or changed goes to the stream, on this thread as far as that takes it without waiting. Not under a lock.
    /// Without it, it would lie until the next call.
    /// </summary>
    public void SendOn()
    {
        if (_waiting)
        {
            // First: what is written after this is seen by the call below, or by the next.
            _waiting = false;
            _work.Call(here: true);
        }
    }

    /// <summary>For all audio after this; what was not answered yet is sent again to the new stream.</summary>
    public void Reconfigure(TranscriptionOptions options)
    {
        if (options != _options)
        {
            _options = options;
            Write(new TranscriptionCommand(TranscriptionCommandKind.Reopen, null, 0, 0, null, null));
        }
    }

    public void Commit(string utteranceId, Activity? parent)
    {
        // What comes next belongs to another utterance, and so does its block.
        _block = null;
        Write(new TranscriptionCommand(TranscriptionCommandKind.Commit, null, 0, 0, utteranceId, parent));
    }

    /// <summary>Nobody waits for this utterance any more: it is not sent again.</summary>
    public void Forget(string utteranceId) => _backlog.Forget(utteranceId);

    public void Clear()
    {
        _block = null;
        Write(new TranscriptionCommand(TranscriptionCommandKind.Clear, null, 0, 0, null, null));
    }

    public async ValueTask DisposeAsync()
    {
        // Not CancelAsync, which goes by the thread pool: virtual time needs the context kept. Nobody holds a lock here.
        _stop.Cancel();
        _commands.Writer.TryComplete();
        _work.Call(here: false);
        await _running;
        _backlog.Dispose();
        _stop.Dispose();
    }

    private void Write(TranscriptionCommand command)
    {
        if (_commands.Writer.TryWrite(command))
        {
            Utterance += command.Kind is TranscriptionCommandKind.Commit or TranscriptionCommandKind.Clear ? 1 : 0;
            _waiting = true;
        }
        else if (command.UtteranceId is { } utterance)
        {
            sink.OnFailed(utterance, "The transcriber is too far behind.");
        }
    }

    private async Task DoRunAsync(CancellationToken cancellationToken)
    {
        // The caller is about to take audio in; connecting is for later.
        await Task.Yield();
        var delay = FirstDelay;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var stream = await transcriber.StartAsync(_options, cancellationToken);
                await ReplayAsync(stream, cancellationToken);
                delay = FirstDelay;
                await ProcessStreamAsync(stream, cancellationToken);
                continue;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ProviderException refusal) when (refusal.Code == UnsupportedLanguage)
            {
                sink.OnRefused(refusal);
                await RefuseAsync(refusal.Message);
                continue;
            }
            catch (Exception exception) when (exception is ProviderException or IOException or OperationCanceledException or InvalidOperationException)
            {
                sink.OnBroken(exception);
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <summary>
    /// Nobody understands this language, and waiting does not help: what is committed has failed at once, until something else is expected.
    /// Asked again with what is said later all the same: models that would take it may have been away.
    /// </summary>
    private async Task RefuseAsync(string reason)
    {
        foreach (var id in _backlog.TakeAll())
        {
            sink.OnFailed(id, reason);
        }

        var since = time.GetTimestamp();
        while (await _commands.Reader.WaitToReadAsync(CancellationToken.None) && time.GetElapsedTime(since) < RefusedFor)
        {
            while (_commands.Reader.TryRead(out var command))
            {
                if (command.Kind == TranscriptionCommandKind.Reopen)
                {
                    _reopening = true;
                    return;
                }

                _backlog.Skip(command);
                if (command.UtteranceId is { } committed)
                {
                    sink.OnFailed(committed, reason);
                }
            }
        }
    }

    /// <summary>Writes and reads until one of the two ends, then ends the other; the first failure is thrown.</summary>
    private async Task ProcessStreamAsync(ILiveTranscription stream, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(stream, ending.Token);
        var writing = WriteAsync(stream, ending.Token);
        var first = await Task.WhenAny(reading, writing);
        ending.Cancel();
        _work.Call(here: false);
        await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await first;
    }

    private async Task WriteAsync(ILiveTranscription stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (!cancellationToken.IsCancellationRequested && _commands.Reader.TryRead(out var command))
            {
                // Kept before it is sent: a send that fails must find it among what is sent again.
                _backlog.Keep(command);
                switch (command.Kind)
                {
                    case TranscriptionCommandKind.Append:
                        await stream.AppendAsync(command.Block.AsMemory(command.Start, command.Length), cancellationToken);
                        break;
                    case TranscriptionCommandKind.Commit:
                        // The provider's client puts the current trace on the wire.
                        Activity.Current = command.Parent;
                        await stream.CommitAsync(command.UtteranceId!, cancellationToken);
                        Activity.Current = null;
                        break;
                    case TranscriptionCommandKind.Clear:
                        await stream.ClearAsync(cancellationToken);
                        break;
                    case TranscriptionCommandKind.Reopen:
                        _reopening = true;
                        return;
                    default:
                        break;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            // Waited for without the token, since a wait that can be cancelled allocates and there is one per frame; who cancels calls.
            await _work.WaitAsync();
        }
    }

    private async Task ReadAsync(ILiveTranscription stream, CancellationToken cancellationToken)
    {
        await foreach (var update in stream.ReadAllAsync(cancellationToken))
        {
            switch (update)
            {
                case TranscriptionEvent.Partial heard when _backlog.Growing(heard) is { } utterance:
                    sink.OnPartial(heard.Text, utterance);
                    break;
                case TranscriptionEvent.Final final when _backlog.Answered(final.UtteranceId) is { } answered:
                    sink.OnFinal(final.UtteranceId, final.Text, final.Confidence, answered.Heard);
                    break;
                case TranscriptionEvent.Failed failed when _backlog.Answered(failed.UtteranceId) is not null:
                    sink.OnFailed(failed.UtteranceId, failed.Reason);
                    break;
            }
        }

        throw new ProviderException("provider_failed", "The transcription stream ended.");
    }

    private async Task ReplayAsync(ILiveTranscription stream, CancellationToken cancellationToken)
    {
        if (!_reopening)
        {
            foreach (var id in _backlog.TakePoison())
            {
                sink.OnFailed(id, "The transcriber failed at this utterance repeatedly.");
            }
        }

        _reopening = false;
        foreach (var utterance in _backlog.Again())
        {
            foreach (var block in utterance.Blocks)
            {
                await stream.AppendAsync(block, cancellationToken);
            }

            if (utterance.Id is { } id)
            {
                await stream.CommitAsync(id, cancellationToken);
            }
        }
    }
}
