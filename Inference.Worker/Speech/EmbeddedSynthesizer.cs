using System.Runtime.CompilerServices;
using Voice.Core.Providers;
using Voice.Inference.Providers;

namespace Voice.Inference.Speech;

/// <summary>The best voice that runs here for the language: flite for English, espeak-ng for the rest, and for English where flite fails at once.</summary>
internal sealed partial class EmbeddedSynthesizer(FliteSynthesizer flite, EspeakSynthesizer espeak, ILogger<EmbeddedSynthesizer> logger) : ISpeechSynthesizer
{
    public const string ModelName = "embedded";

    public static readonly IReadOnlyList<ProviderVoice> Voices = [FliteSynthesizer.Voice, .. EspeakVoices.All];

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(
        SpeechRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // flite reads no markup.
        if (!request.IsSsml && request.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        {
            var spoken = false;
            await using var blocks = flite.SynthesizeAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await MoveAsync(blocks, spoken) is { } more)
            {
                if (!more)
                {
                    yield break;
                }

                spoken = true;
                yield return blocks.Current;
            }
        }

        await foreach (var block in espeak.SynthesizeAsync(request, cancellationToken))
        {
            yield return block;
        }
    }

    /// <summary>Null where flite failed before it said anything: nobody has heard half a sentence, so another voice may say it.</summary>
    private async ValueTask<bool?> MoveAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> blocks, bool spoken)
    {
        try
        {
            return await blocks.MoveNextAsync();
        }
        catch (Exception failure) when (!spoken && failure is ProviderException or InvalidOperationException or TimeoutException)
        {
            Log.FellBack(logger, failure);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "flite failed; espeak-ng speaks instead")]
        public static partial void FellBack(ILogger logger, Exception failure);
    }
}
