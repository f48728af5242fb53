using Microsoft.Extensions.Options;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Decoding;
using Voice.Inference.Processes;

namespace Voice.Inference.Transcription;

/// <summary>The embedded engine: PocketSphinx with its en-us model, one decoder process for each stream.</summary>
internal sealed class SphinxTranscriber(DecoderPool decoders, IOptions<DecoderOptions> options, TimeProvider time, ILogger<SphinxTranscription> logger)
    : ILiveTranscriber
{
    public const string ModelName = "pocketsphinx-en-us";

    /// <summary>Prompts are vocabulary, not documents.</summary>
    public const int MaxPrompt = 32_768;

    public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions request, CancellationToken cancellationToken)
    {
        if (!request.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProviderException("unsupported_language", $"The model '{ModelName}' transcribes English (en) only.");
        }

        if (!StreamingResampler.Supports(request.SampleRate, SphinxRecognizer.SampleRate))
        {
            throw new ProviderException("provider_rejected", $"A sample rate of {request.SampleRate} Hz is not supported; use 8000, 16000, 24000 or 48000.");
        }

        if (request.Prompt?.Length > MaxPrompt)
        {
            throw new ProviderException("provider_rejected", $"The prompt is longer than {MaxPrompt} characters.");
        }

        var stream = new SphinxTranscription(decoders, new DecoderStart(request.Prompt), request.SampleRate, options.Value, time, logger);
        try
        {
            await stream.OpenAsync(cancellationToken);
            return stream;
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or IOException)
        {
            await stream.DisposeAsync();
            throw new ProviderException("provider_unavailable", "The transcription engine does not start.", failure);
        }
        catch
        {
            // The place in the pool goes back, whatever happened.
            await stream.DisposeAsync();
            throw;
        }
    }
}
