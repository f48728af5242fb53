using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Transcription;

namespace Voice.Inference.Providers.OpenAi;

/// <summary><c>/audio/transcriptions</c> and <c>/audio/translations</c> of OpenAI and servers like it, whole or streamed; and whisper.cpp's <c>/inference</c>.</summary>
internal sealed class OpenAiFileTranscriber(ProviderHttp http, OpenAiEndpoint endpoint, OpenAiDialect dialect, TimeProvider time) : IFileTranscriber
{
    public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
        WavAudio audio, FileTranscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = endpoint.ModelOf(options.Model);
        // Times are for recordings; who wants parts at once gets them without.
        var streamed = options is { Streaming: true, WordTimes: false, ToEnglish: false } && dialect.StreamsWith(model);
        using var form = Form(audio, options, model, streamed);
        using var request = endpoint.Post(Path(options), model, form);
        var limit = endpoint.Timeout + audio.Duration;
        using var response = await http.SendAsync(request, endpoint.Who, limit, cancellationToken);
        if (streamed && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            await foreach (var segment in ReadStreamAsync(response, audio.Duration.TotalSeconds, limit, cancellationToken))
            {
                yield return segment;
            }

            yield break;
        }

        var transcript = await ProviderBody.ReadJsonAsync(response, OpenAiTranscriptWire.Default.OpenAiTranscript, endpoint.Who, limit, time, cancellationToken);
        foreach (var segment in OpenAiTranscripts.Segments(transcript, audio.Duration.TotalSeconds, options.WordTimes, endpoint.Who))
        {
            yield return segment;
        }
    }

    private async IAsyncEnumerable<TranscribedSegment> ReadStreamAsync(
        HttpResponseMessage response, double duration, TimeSpan limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = new BoundedEvents(await ProviderBody.OpenAsync(response, endpoint.Who, limit, time, cancellationToken));
        var reader = new OpenAiTranscriptReader(endpoint.Who, duration);
        await using var events = SseParser.Create(body, (_, data) => data.ToArray()).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (!reader.IsDone && await NextAsync(events))
        {
            foreach (var segment in reader.Read(events.Current.Data))
            {
                yield return segment;
            }
        }

        if (reader.End() is { } last)
        {
            yield return last;
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<byte[]>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (InvalidDataException)
        {
            throw ProviderBody.Unreadable(endpoint.Who);
        }
    }

    private string Path(FileTranscriptionOptions options) => dialect.IsInference ? "inference" : options.ToEnglish ? "audio/translations" : "audio/transcriptions";

    private MultipartFormDataContent Form(WavAudio audio, FileTranscriptionOptions options, string? model, bool streamed)
    {
        var sound = dialect.SampleRate is { } rate ? audio.Resample(rate) : audio;
        var file = new ByteArrayContent(WavWriter.Write(sound.Samples, sound.SampleRate));
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        var form = new MultipartFormDataContent { { file, "file", "recording.wav" } };
        void Add(string name, string value) => form.Add(new StringContent(value, Encoding.UTF8), name);

        if (model is { Length: > 0 })
        {
            Add("model", model);
        }

        if (!options.ToEnglish || dialect.IsInference)
        {
            Add("language", options.Language.Split('-')[0]);
        }

        var verbose = !streamed && (dialect.IsVerboseWith(model) || (options.WordTimes && dialect.WordTimes(model)));
        Add("response_format", verbose ? "verbose_json" : "json");
        if (verbose && !options.ToEnglish && !dialect.IsInference)
        {
            Add("timestamp_granularities[]", "segment");
            if (options.WordTimes && dialect.WordTimes(model))
            {
                Add("timestamp_granularities[]", "word");
            }
        }

        if (options.ToEnglish && dialect.IsInference)
        {
            Add("translate", "true");
        }

        if (streamed)
        {
            Add("stream", "true");
        }

        if (options.Prompt is { Length: > 0 } prompt)
        {
            Add("prompt", prompt);
        }

        return form;
    }
}
