using System.Threading.Channels;
using Voice.Core.Providers;
using Voice.Inference.Processes;

namespace Voice.Inference.Speech;

/// <summary>What a speaker process says of one sentence: frames in on its reading thread, blocks out to who waits for them.</summary>
internal sealed class SentenceSpeech
{
    // flite makes a sentence in some 100 ms, faster than anybody listens, and a sentence is bounded: more than this is a fault.
    private const int MaxBlocks = 8_192;

    private readonly Channel<byte[]> _blocks = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MaxBlocks) { SingleReader = true });

    /// <summary>On the speaker's reading thread.</summary>
    public void Receive(EngineFrame frame)
    {
        if (frame.Kind == EngineFrameKind.Done)
        {
            _blocks.Writer.TryComplete();
        }
        else if (frame.Kind == EngineFrameKind.Speech && !_blocks.Writer.TryWrite(frame.Payload.ToArray()))
        {
            _blocks.Writer.TryComplete(new InvalidDataException("A sentence became too much speech."));
        }
    }

    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? block) => _blocks.Reader.TryRead(out block);

    /// <summary>False at the end of the sentence; <see cref="ProviderException"/> where that will not come.</summary>
    /// <param name="ended">Completes when the process has said all that it will.</param>
    /// <param name="limit">Of the sentence, beside the caller's own token.</param>
    public async Task<bool> WaitAsync(Task ended, CancellationToken limit, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit);
        try
        {
            // Its result says whether the end was reached. The channel's Completion does not: it is set a moment after the last reader was told.
            var more = _blocks.Reader.WaitToReadAsync(stop.Token).AsTask();
            if (await Task.WhenAny(more, ended) != more)
            {
                // Without effect where the end was the last that it said.
                _blocks.Writer.TryComplete(new EndOfStreamException("The speaker ended within a sentence."));
            }

            return await more;
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ProviderException("provider_failed", "The speech engine failed.", failure);
        }
    }
}
