using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>Recordings: the service's fast transcription.</summary>
internal sealed class AzureSpeechFileTranscriber(AzureSpeechAccount account, ProviderHttp http, TimeProvider time) : IFileTranscriber
{
    private const int MostPhrases = 300;
    private const string Path = "speechtotext/transcriptions:transcribe?api-version=2025-10-15";

    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        WavAudio audio, FileTranscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var phrases = Phrases.Of(options.Prompt, MostPhrases);
        var definition = new AzureSpeechDefinition([Locales.Of(options.Language)], phrases.Count == 0 ? null : new(phrases));
        var file = new ByteArrayContent(WavWriter.Write(audio.Samples, audio.SampleRate));
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        using var form = new MultipartFormDataContent
        {
            { file, "audio", "recording.wav" },
            { new StringContent(JsonSerializer.Serialize(definition, AzureSpeechFileWire.Default.AzureSpeechDefinition)), "definition" },
        };
        using var request = account.Request(HttpMethod.Post, Path, form);
        var limit = account.Timeout + audio.Duration;
        using var response = await http.SendAsync(request, AzureSpeechAccount.Who, limit, cancellationToken);
        var heard = await ProviderBody.ReadJsonAsync(response, AzureSpeechFileWire.Default.AzureSpeechFile, AzureSpeechAccount.Who, limit, time, cancellationToken);
        foreach (var segment in Segments(heard, options.WordTimes))
        {
            yield return segment;
        }
    }

    internal static AzureSpeechFile Parse(ReadOnlySpan<byte> utf8) => ProviderBody.Parse(utf8, AzureSpeechFileWire.Default.AzureSpeechFile, AzureSpeechAccount.Who);

    internal static IEnumerable<TranscribedSegment> Segments(AzureSpeechFile file, bool wordTimes) =>
    [
        .. from phrase in file.Phrases ?? throw ProviderBody.Unreadable(AzureSpeechAccount.Who)
           where phrase?.Text is { Length: > 0 }
           let start = Seconds(phrase.OffsetMilliseconds)
           orderby start
           select new TranscribedSegment(
               start, start + Seconds(phrase.DurationMilliseconds), phrase.Text!.Trim(), Measured.ConfidenceOrNone(phrase.Confidence),
               wordTimes ? [.. Words(phrase)] : []),
    ];

    private static IEnumerable<TranscribedWord> Words(AzureSpeechFilePhrase phrase) =>
        from word in phrase.Words ?? []
        where word?.Text is not null
        let start = Seconds(word.OffsetMilliseconds)
        select new TranscribedWord(word.Text!, start, start + Seconds(word.DurationMilliseconds), Measured.Confidence(phrase.Confidence));

    private static double Seconds(double? milliseconds) => Measured.Seconds(milliseconds / 1000);
}
