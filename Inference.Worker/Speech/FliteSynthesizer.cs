using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.Inference.Processes;

namespace Voice.Inference.Speech;

/// <summary>English by flite's slt voice, sentence by sentence: the first sound of a long text waits for its first sentence only.</summary>
internal sealed class FliteSynthesizer(SpeakerPool speakers, IOptions<SpeakerOptions> options, TimeProvider time) : ISpeechSynthesizer
{
    public const string ModelName = "flite-slt";
    private const int MaxBlocks = 8_192;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(
        SpeechRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!request.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProviderException("unsupported_language", $"The model '{ModelName}' speaks English (en) only; use '{EspeakSynthesizer.ModelName}' for other languages.");
        }

        var sentences = SpeakableText.Sentences(SpeakableText.Ascii(request.Text));
        var speaker = await speakers.RentAsync(cancellationToken);
        var healthy = false;
        try
        {
            var output = new RateConverter();
            foreach (var sentence in sentences)
            {
                await foreach (var block in SpeakAsync(speaker, new FliteRequest(sentence, request.Speed), cancellationToken))
                {
                    var rate = BinaryPrimitives.ReadInt32LittleEndian(block);
                    if (output.Convert(block.AsSpan(sizeof(int)), rate) is { IsEmpty: false } pcm)
                    {
                        yield return pcm;
                    }
                }
            }

            healthy = true;
            if (output.Flush() is { IsEmpty: false } rest)
            {
                yield return rest;
            }
        }
        finally
        {
            // A request that was abandoned leaves its frames in the pipe, so its process is not used again.
            await speakers.ReturnAsync(speaker, healthy);
        }
    }

    private async IAsyncEnumerable<byte[]> SpeakAsync(EngineProcess speaker, FliteRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // flite makes a sentence in some 100 ms, faster than anybody listens, and a sentence is bounded: more than this is a fault.
        var blocks = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MaxBlocks) { SingleReader = true });
        speaker.OnFrame(frame => Receive(frame, blocks.Writer));
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await speaker.SendAsync(EngineFrameKind.Speak, JsonSerializer.SerializeToUtf8Bytes(request, FliteJson.Default.FliteRequest), cancellationToken);
        }
        catch (IOException failure)
        {
            throw Failed(failure);
        }

        while (await WaitAsync(blocks.Reader, speaker, stop.Token))
        {
            while (blocks.Reader.TryRead(out var block))
            {
                yield return block;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!blocks.Reader.Completion.IsCompletedSuccessfully)
        {
            throw Failed(null);
        }
    }

    /// <summary>False at the end of the request, at the end of the process, and when it is too late.</summary>
    private static async Task<bool> WaitAsync(ChannelReader<byte[]> blocks, EngineProcess speaker, CancellationToken cancellationToken)
    {
        try
        {
            var more = blocks.WaitToReadAsync(cancellationToken).AsTask();
            await Task.WhenAny(more, speaker.Ended);
            return more.IsCompleted ? await more : blocks.TryPeek(out _);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>On the speaker's reading thread.</summary>
    private static void Receive(EngineFrame frame, ChannelWriter<byte[]> blocks)
    {
        if (frame.Kind == EngineFrameKind.Done)
        {
            blocks.TryComplete();
        }
        else if (frame.Kind == EngineFrameKind.Speech && !blocks.TryWrite(frame.Payload.ToArray()))
        {
            blocks.TryComplete(new InvalidDataException("A sentence became too much speech."));
        }
    }

    private static ProviderException Failed(Exception? cause) => new("provider_failed", "The speech engine failed.", cause);
}
