using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.Inference.Processes;
using Voice.Inference.Providers;

namespace Voice.Inference.Speech;

/// <summary>English by flite's slt voice, sentence by sentence: the first sound of a long text waits for its first sentence only.</summary>
internal sealed class FliteSynthesizer(SpeakerPool speakers, IOptions<SpeakerOptions> options, TimeProvider time) : ISpeechSynthesizer
{
    public const string ModelName = "flite-slt";

    public static readonly ProviderVoice Voice = new("slt", "SLT", ["en-US"], "female");

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(
        SpeechRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SpeechLimits.Require(request, $"The model '{ModelName}'");
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
        var speech = new SentenceSpeech();
        speaker.OnFrame(speech.Receive);
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            await speaker.SendAsync(EngineFrameKind.Speak, JsonSerializer.SerializeToUtf8Bytes(request, FliteJson.Default.FliteRequest), cancellationToken);
        }
        catch (IOException failure)
        {
            throw new ProviderException("provider_failed", "The speech engine failed.", failure);
        }

        while (await speech.WaitAsync(speaker.Ended, limit.Token, cancellationToken))
        {
            while (speech.TryRead(out var block))
            {
                yield return block;
            }
        }
    }
}
