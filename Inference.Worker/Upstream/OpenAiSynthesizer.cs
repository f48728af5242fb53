using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Voice.Core.Providers;
using Voice.Inference.Engines;

namespace Voice.Inference.Upstream;

/// <summary>Speech from another server, as the 24 kHz PCM that OpenAI's <c>pcm</c> format is.</summary>
internal sealed class OpenAiSynthesizer(UpstreamServer server, IOptions<EngineOptions> options) : ISpeechSynthesizer
{
    private const int BlockLength = 4_800;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(
        SpeechRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var speech = options.Value.Speech;
        using var content = JsonContent.Create(new
        {
            model = request.Model ?? speech.Model,
            input = request.Text,
            voice = request.Voice ?? speech.Voice ?? "alloy",
            response_format = "pcm",
            speed = request.Speed,
        });
        using var response = await server.SendAsync(speech, "audio/speech", content, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var kept = 0;
        var buffer = new byte[BlockLength];
        while (await body.ReadAsync(buffer.AsMemory(kept), cancellationToken) is > 0 and var read)
        {
            var whole = (kept + read) & ~1;
            var next = new byte[BlockLength];
            kept = kept + read - whole;
            if (kept == 1)
            {
                next[0] = buffer[whole];
            }

            yield return buffer.AsMemory(0, whole);
            buffer = next;
        }
    }
}
