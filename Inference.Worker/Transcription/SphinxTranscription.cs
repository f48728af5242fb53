using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Decoding;
using Voice.Inference.Processes;

namespace Voice.Inference.Transcription;

/// <summary>
/// One live stream on one decoder process. Appends and commits are queued to a pump, the only one who talks to the decoder. The pump holds
/// the utterance so far: where the decoder dies or hangs it takes a fresh one and decodes the utterance again, once; an utterance that
/// kills two decoders is answered as failed, and the next begins with a third.
/// </summary>
internal sealed partial class SphinxTranscription : ILiveTranscription
{
    private const int MaxAudioFrame = 6_400;

    private readonly DecoderPool _decoders;
    private readonly DecoderStart _start;
    private readonly DecoderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StreamingResampler _resampler;
    private readonly int _maxUtterance;
    private readonly CancellationTokenSource _closing = new();

    // 10 s of 20 ms frames. When full the writer waits: transcription that is behind loses nothing, its caller feels it.
    private readonly Channel<Command> _commands = Channel.CreateBounded<Command>(new BoundedChannelOptions(512) { SingleReader = true });

    // Partials are dropped when the reader is behind, each replaces the last; finals and failures wait.
    private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(64);
    private readonly ArrayBufferWriter<byte> _utterance = new();
    private EngineProcess? _decoder;
    private TaskCompletionSource<DecoderResult> _final = new();
    private bool _failed;

    // Commits and clears so far. A decoder counts those of its own life.
    private int _ended;
    private Task _pump = Task.CompletedTask;

    public SphinxTranscription(DecoderPool decoders, DecoderStart start, int sampleRate, DecoderOptions options, TimeProvider time, ILogger logger)
    {
        _decoders = decoders;
        _start = start;
        _options = options;
        _time = time;
        _logger = logger;
        _resampler = new StreamingResampler(sampleRate, SphinxRecognizer.SampleRate);
        _maxUtterance = Pcm16.Length(options.MaxUtterance, SphinxRecognizer.SampleRate);
    }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _decoder = await _decoders.RentAsync(cancellationToken);
        try
        {
            await BeginAsync(_decoder, first: true, cancellationToken);
        }
        catch (IOException)
        {
            await RestartAsync(cancellationToken);
        }

        _pump = PumpAsync(_closing.Token);
    }

    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        var copy = ArrayPool<byte>.Shared.Rent(pcm.Length);
        pcm.CopyTo(copy);
        return _commands.Writer.WriteAsync(new Command(CommandKind.Audio, copy, pcm.Length, null), cancellationToken);
    }

    public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken) =>
        _commands.Writer.WriteAsync(new Command(CommandKind.Commit, null, 0, utteranceId), cancellationToken);

    public ValueTask ClearAsync(CancellationToken cancellationToken) =>
        _commands.Writer.WriteAsync(new Command(CommandKind.Clear, null, 0, null), cancellationToken);

    public IAsyncEnumerable<TranscriptionEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _commands.Writer.TryComplete();
        await _closing.CancelAsync();
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_decoder is { } decoder)
        {
            _decoder = null;
            await _decoders.ReturnAsync(decoder, healthy: false);
        }

        _closing.Dispose();
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var command in _commands.Reader.ReadAllAsync(cancellationToken))
            {
                await ApplyAsync(command, cancellationToken);
            }

            _events.Writer.TryComplete();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _events.Writer.TryComplete();
        }
        catch (Exception failure)
        {
            // The reader of the events is told; there is nobody else to tell.
            Log.PumpFailed(_logger, failure);
            _events.Writer.TryComplete(new ProviderException("provider_failed", "The transcription engine failed.", failure));
            _commands.Writer.TryComplete(failure);
        }
    }

    private async Task ApplyAsync(Command command, CancellationToken cancellationToken)
    {
        switch (command.Kind)
        {
            case CommandKind.Audio:
                var added = Resample(command.Audio.AsSpan(0, command.Length));
                ArrayPool<byte>.Shared.Return(command.Audio!);
                await FeedAsync(added, cancellationToken);
                break;
            case CommandKind.Commit:
                await _events.Writer.WriteAsync(await FinishAsync(command.UtteranceId!, cancellationToken), cancellationToken);
                Forget();
                break;
            default:
                Forget();
                _ended++;
                await TryAsync(decoder => decoder.SendAsync(EngineFrameKind.Clear, default, cancellationToken));
                break;
        }
    }

    /// <summary>Sends the last <paramref name="added"/> bytes of the utterance; to a fresh decoder, all of it.</summary>
    private async Task FeedAsync(int added, CancellationToken cancellationToken)
    {
        if (_failed || added == 0)
        {
            return;
        }

        if (_utterance.WrittenCount > _maxUtterance)
        {
            Fail();
            return;
        }

        if (!await TryAsync(decoder => SendAudioAsync(decoder, _utterance.WrittenMemory[^added..], cancellationToken)))
        {
            await RecoverAsync(cancellationToken);
        }
    }

    private async Task<TranscriptionEvent> FinishAsync(string utteranceId, CancellationToken cancellationToken)
    {
        if (_utterance.WrittenCount > _maxUtterance)
        {
            _ended++;
            await TryAsync(decoder => decoder.SendAsync(EngineFrameKind.Clear, default, cancellationToken));
            return new TranscriptionEvent.Failed(utteranceId, $"The utterance is longer than {_options.MaxUtterance.TotalSeconds:0} s.");
        }

        var recovered = _failed;
        while (!_failed)
        {
            if (await CommitAsync(cancellationToken) is { } result)
            {
                _ended++;
                return new TranscriptionEvent.Final(utteranceId, result.Text, result.Confidence) { Words = result.Words };
            }

            if (recovered)
            {
                Fail();
                break;
            }

            recovered = true;
            await RecoverAsync(cancellationToken);
        }

        // The next utterance needs a decoder that this one has not touched.
        _ended++;
        await RestartAsync(cancellationToken);
        return new TranscriptionEvent.Failed(utteranceId, "The transcription engine failed twice on this utterance.");
    }

    /// <summary>Null where the decoder died or took too long.</summary>
    private async Task<DecoderResult?> CommitAsync(CancellationToken cancellationToken)
    {
        _final = new TaskCompletionSource<DecoderResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!await TryAsync(decoder => decoder.SendAsync(EngineFrameKind.Commit, default, cancellationToken)))
        {
            return null;
        }

        try
        {
            await Task.WhenAny(_final.Task, _decoder!.Ended).WaitAsync(_options.FinalTimeout, _time, cancellationToken);
            return _final.Task.IsCompletedSuccessfully ? await _final.Task : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>A fresh decoder hears the utterance from its beginning; a second failure on the way gives the utterance up.</summary>
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        Log.Recovering(_logger, _utterance.WrittenCount / 2 / (SphinxRecognizer.SampleRate / 1000));
        await RestartAsync(cancellationToken);
        if (!await TryAsync(decoder => SendAudioAsync(decoder, _utterance.WrittenMemory, cancellationToken)))
        {
            Fail();
        }
    }

    private async Task RestartAsync(CancellationToken cancellationToken)
    {
        _decoder = await _decoders.ReplaceAsync(_decoder!, cancellationToken);
        await BeginAsync(_decoder, first: false, cancellationToken);
    }

    /// <summary>A decoder that comes after a lost one begins without the prompt: it may be what the first one died of.</summary>
    private async Task BeginAsync(EngineProcess decoder, bool first, CancellationToken cancellationToken)
    {
        var before = _ended;
        decoder.OnFrame(frame => OnFrame(frame, before));
        var start = first ? _start : new DecoderStart(null);
        await decoder.SendAsync(EngineFrameKind.Start, JsonSerializer.SerializeToUtf8Bytes(start, DecoderJson.Default.DecoderStart), cancellationToken);
    }

    private async Task<bool> TryAsync(Func<EngineProcess, ValueTask> send)
    {
        try
        {
            await send(_decoder!);
            return !_decoder!.HasEnded;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async ValueTask SendAudioAsync(EngineProcess decoder, ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        while (!pcm.IsEmpty)
        {
            var take = Math.Min(pcm.Length, MaxAudioFrame);
            await decoder.SendAsync(EngineFrameKind.Audio, pcm[..take], cancellationToken);
            pcm = pcm[take..];
        }
    }

    private int Resample(ReadOnlySpan<byte> pcm)
    {
        var samples = Pcm16.Samples(pcm);
        var target = Pcm16.Samples(_utterance.GetSpan(_resampler.MaxOutput(samples.Length) * sizeof(short)));
        var bytes = _resampler.Process(samples, target) * sizeof(short);
        _utterance.Advance(bytes);
        return bytes;
    }

    private void Forget()
    {
        _utterance.ResetWrittenCount();
        _failed = false;
    }

    private void Fail() => _failed = true;

    /// <summary>On the decoder's reading thread.</summary>
    /// <param name="before">Utterances that ended before this decoder was asked.</param>
    private void OnFrame(EngineFrame frame, int before)
    {
        switch (frame.Kind)
        {
            case EngineFrameKind.Partial:
                var partial = DecoderPartial.Read(frame.Payload.Span);
                _events.Writer.TryWrite(new TranscriptionEvent.Partial(partial.Text) { Utterance = before + partial.Utterance });
                break;
            case EngineFrameKind.Final:
                _final.TrySetResult(JsonSerializer.Deserialize(frame.Payload.Span, DecoderJson.Default.DecoderResult)!);
                break;
        }
    }

    private enum CommandKind
    {
        Audio,
        Commit,
        Clear,
    }

    /// <param name="Audio">Rented; the pump gives it back.</param>
    private readonly record struct Command(CommandKind Kind, byte[]? Audio, int Length, string? UtteranceId);
}
