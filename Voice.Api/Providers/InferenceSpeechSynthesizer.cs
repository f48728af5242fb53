using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Api.Providers;

internal sealed class InferenceSpeechSynthesizer(InferenceConnection inference) : ISpeechSynthesizer
{
    private static readonly Uri Path = new("/v1/audio/speech", UriKind.Relative);

    // 100 ms: what has arrived is handed on at once, and never in larger pieces than barge-in can bear.
    private const int BlockBytes = ISpeechSynthesizer.SampleRate / 10 * sizeof(short);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.IsSsml || request.Instructions is not null)
        {
            throw new ProviderException("unsupported_value", "A session speaks plain text, without instructions.");
        }

        using var silence = inference.LimitSilence(cancellationToken);
        using var message = new HttpRequestMessage(HttpMethod.Post, Path) { Content = Body(request) };
        using var response = await inference.SendAsync(message, silence);
        await using var audio = await OpenAsync(response, silence);

        // The network cuts where it likes; a sample cut in two waits here for its second byte.
        var carried = default(byte?);
        while (true)
        {
            var block = new byte[BlockBytes];
            var start = carried is null ? 0 : 1;
            block[0] = carried ?? 0;
            var read = await ReadAsync(audio, block.AsMemory(start), silence);
            if (read == 0)
            {
                yield break;
            }

            var length = start + read;
            carried = length % sizeof(short) == 0 ? null : block[length - 1];
            var whole = length - (length % sizeof(short));
            if (whole > 0)
            {
                yield return block.AsMemory(0, whole);
            }
        }
    }

    private static JsonContent Body(SpeechRequest request) => JsonContent.Create(
        new SpeechBody(
            request.Model ?? "default",
            request.Text,
            request.Voice,
            "pcm",
            request.Speed == 1 ? null : request.Speed,
            request.Language),
        ProviderJson.Default.SpeechBody);

    private static async Task<Stream> OpenAsync(HttpResponseMessage response, SilenceLimit silence)
    {
        if (response.Content.Headers.ContentType?.MediaType is "application/json" or "text/html")
        {
            throw new ProviderException(ProviderFailures.Failed, "The provider answered with something that is not audio.");
        }

        return await response.Content.ReadAsStreamAsync(silence.Token);
    }

    private static async ValueTask<int> ReadAsync(Stream audio, Memory<byte> buffer, SilenceLimit silence)
    {
        try
        {
            silence.Listen();
            var read = await audio.ReadAsync(buffer, silence.Token);
            silence.Heard();
            return read;
        }
        catch (Exception exception) when (ProviderFailures.Translate(exception, silence) is { } failure)
        {
            throw failure;
        }
    }
}
