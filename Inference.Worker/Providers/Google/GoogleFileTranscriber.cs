using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers.Google;

/// <summary>
/// Google's <c>recognize</c>, at once for up to a minute: longer recordings go in pieces. The first version, or the second where a project is named. Its
/// stream is gRPC only.
/// </summary>
internal sealed class GoogleFileTranscriber(ProviderHttp http, TimeProvider time, ProviderSettings settings) : IFileTranscriber
{
    public const string Who = "Google";
    public const string Project = "Project";
    public const string Location = "Location";

    private const double LongestPiece = 55;
    private const int MostPhrases = 500;
    private const string Worldwide = "global";

    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        WavAudio audio, FileTranscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (offset, piece) in RecordingPieces.Of(audio, LongestPiece))
        {
            using var request = Request(piece, options);
            var limit = settings.Timeout + piece.Duration;
            using var response = await http.SendAsync(request, Who, limit, cancellationToken);
            var transcript = await ProviderBody.ReadJsonAsync(response, GoogleHearingWire.Default.GoogleTranscript, Who, limit, time, cancellationToken);
            foreach (var segment in Segments(transcript, offset, piece.Duration.TotalSeconds, options.WordTimes))
            {
                yield return segment;
            }
        }
    }

    internal static GoogleTranscript Parse(ReadOnlySpan<byte> utf8) => ProviderBody.Parse(utf8, GoogleHearingWire.Default.GoogleTranscript, Who);

    internal static List<TranscribedSegment> Segments(GoogleTranscript transcript, double offset, double duration, bool wordTimes)
    {
        var segments = new List<TranscribedSegment>();
        var before = 0.0;
        foreach (var result in transcript.Results ?? [])
        {
            if (result?.Alternatives is not [{ Transcript: { } text } best, ..] || string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var words = Words(best, offset);
            var end = Seconds(result.ResultEndTime ?? result.ResultEndOffset) ?? duration;
            var start = words is [var first, ..] ? first.Start : offset + before;
            segments.Add(new(start, Math.Max(start, words is [.., var last] ? last.End : offset + end), text.Trim(), Measured.ConfidenceOrNone(best.Confidence), wordTimes ? words : []));
            before = end;
        }

        return segments;
    }

    private static List<TranscribedWord> Words(GoogleAlternative best, double offset) =>
    [
        .. from word in best.Words ?? []
           where word?.Word is not null
           let start = Seconds(word.StartTime ?? word.StartOffset) ?? 0
           let end = Seconds(word.EndTime ?? word.EndOffset) ?? start
           select new TranscribedWord(word.Word!, offset + start, offset + Math.Max(start, end), Measured.Confidence(word.Confidence ?? best.Confidence)),
    ];

    // "1.300s"
    private static double? Seconds(string? duration) =>
        duration is { Length: > 1 } && duration[^1] == 's' && double.TryParse(duration.AsSpan(0, duration.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? Measured.Seconds(seconds)
            : null;

    private HttpRequestMessage Request(WavAudio audio, FileTranscriptionOptions options)
    {
        var content = Convert.ToBase64String(Pcm16.Bytes(audio.Samples));
        var language = Locales.Of(options.Language);
        var phrases = Phrases.Of(options.Prompt, MostPhrases);
        var model = options.Model ?? settings.Model;
        var project = settings.Options.GetValueOrDefault(Project);
        var location = settings.Options.GetValueOrDefault(Location, Worldwide);
        var host = settings.BaseUrl?.AbsoluteUri.TrimEnd('/')
            ?? (project is null || location == Worldwide ? "https://speech.googleapis.com" : $"https://{location}-speech.googleapis.com");
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            project is null ? $"{host}/v1/speech:recognize" : $"{host}/v2/projects/{Uri.EscapeDataString(project)}/locations/{Uri.EscapeDataString(location)}/recognizers/_:recognize")
        {
            Content = JsonContent.Create(project is null ? First(audio.SampleRate, language, phrases, model, content) : Second(audio.SampleRate, language, phrases, model, content)),
        };
        request.Headers.Add("x-goog-api-key", settings.ApiKey);
        return request;
    }

    private static JsonObject First(int rate, string language, IReadOnlyList<string> phrases, string? model, string content)
    {
        var config = new JsonObject
        {
            ["encoding"] = "LINEAR16", ["sampleRateHertz"] = rate, ["audioChannelCount"] = 1, ["languageCode"] = language, ["enableWordTimeOffsets"] = true,
            ["enableAutomaticPunctuation"] = true,
        };
        if (model is not null)
        {
            config["model"] = model;
        }

        if (phrases.Count > 0)
        {
            config["speechContexts"] = new JsonArray(new JsonObject { ["phrases"] = new JsonArray([.. phrases.Select(phrase => JsonValue.Create(phrase))]) });
        }

        return new() { ["config"] = config, ["audio"] = new JsonObject { ["content"] = content } };
    }

    private static JsonObject Second(int rate, string language, IReadOnlyList<string> phrases, string? model, string content)
    {
        var config = new JsonObject
        {
            ["explicitDecodingConfig"] = new JsonObject { ["encoding"] = "LINEAR16", ["sampleRateHertz"] = rate, ["audioChannelCount"] = 1 },
            ["model"] = model ?? "long",
            ["languageCodes"] = new JsonArray(language),
            ["features"] = new JsonObject { ["enableWordTimeOffsets"] = true, ["enableAutomaticPunctuation"] = true },
        };
        if (phrases.Count > 0)
        {
            var values = new JsonArray([.. phrases.Select(phrase => new JsonObject { ["value"] = phrase })]);
            config["adaptation"] = new JsonObject { ["phraseSets"] = new JsonArray(new JsonObject { ["inlinePhraseSet"] = new JsonObject { ["phrases"] = values } }) };
        }

        return new() { ["config"] = config, ["content"] = content };
    }
}
