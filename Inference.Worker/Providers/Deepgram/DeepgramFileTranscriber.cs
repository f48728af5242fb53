using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Voice.Core.Audio;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers.Deepgram;

/// <summary>Recordings: <c>POST /v1/listen</c> with the file as its body.</summary>
internal sealed class DeepgramFileTranscriber(DeepgramAccount account, string? model, ProviderHttp http, TimeProvider time) : IFileTranscriber
{
    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        WavAudio audio, FileTranscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Flux is for conversations only.
        var name = (options.Model ?? model) is { } asked && !DeepgramModels.IsFlux(asked) ? asked : DeepgramModels.Default;
        var address = account.Address(
            "v1/listen",
            [new("model", name), new("language", options.Language), new("smart_format", "true"), new("utterances", "true"), .. DeepgramTranscriber.Keyterms(name, options.Prompt)]);
        using var content = new ByteArrayContent(WavWriter.Write(audio.Samples, audio.SampleRate));
        content.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        using var request = account.Request(HttpMethod.Post, address, content);
        var limit = account.Timeout + audio.Duration;
        using var response = await http.SendAsync(request, DeepgramAccount.Who, limit, cancellationToken);
        var file = await ProviderBody.ReadJsonAsync(response, DeepgramWire.Default.DeepgramFile, DeepgramAccount.Who, limit, time, cancellationToken);
        foreach (var segment in Segments(file, audio.Duration.TotalSeconds, options.WordTimes))
        {
            yield return segment;
        }
    }

    internal static IEnumerable<TranscribedSegment> Segments(DeepgramFile file, double duration, bool wordTimes)
    {
        if (file.Results is not { } results)
        {
            throw ProviderBody.Unreadable(DeepgramAccount.Who);
        }

        if (results.Utterances is { Count: > 0 } utterances)
        {
            return
            [
                .. from utterance in utterances
                   where utterance?.Transcript is { Length: > 0 }
                   let start = Measured.Seconds(utterance.Start)
                   orderby start
                   select new TranscribedSegment(
                       start, Math.Max(start, Measured.Seconds(utterance.End)), utterance.Transcript!.Trim(), Measured.ConfidenceOrNone(utterance.Confidence),
                       wordTimes ? DeepgramFrames.Words(utterance.Words) : []),
            ];
        }

        return
        [
            .. from channel in results.Channels ?? []
               let best = channel?.Alternatives is [{ } first, ..] ? first : null
               where best?.Transcript is { Length: > 0 }
               let words = DeepgramFrames.Words(best.Words)
               select new TranscribedSegment(
                   words is [var begin, ..] ? begin.Start : 0, words is [.., var end] ? end.End : duration, best.Transcript!.Trim(),
                   Measured.ConfidenceOrNone(best.Confidence), wordTimes ? words : []),
        ];
    }
}
