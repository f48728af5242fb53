using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Voice.Core.Audio;

namespace Voice.Inference.Tests;

[Collection(InferenceCollection.Name)]
public sealed class TranscriptionApiTests(InferenceService service)
{
    private const string Sentence = "hello our clinic is open from eight to five";

    [Fact]
    public async Task A_wav_file_becomes_text_with_confidence_and_duration()
    {
        using var response = await PostAsync(await FileAsync());

        var body = await JsonAsync(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("clinic is open from eight to five", (string)body["text"]!);
        Assert.InRange((double)body["confidence"]!, 0.3, 1);
        Assert.Equal("duration", (string)body["usage"]!["type"]!);
    }

    [Fact]
    public async Task Verbose_json_has_segments_and_words_within_the_file()
    {
        var file = await FileAsync();
        using var response = await PostAsync(file, ("response_format", "verbose_json"), ("timestamp_granularities[]", "word"));

        var body = await JsonAsync(response);
        var duration = (double)body["duration"]!;
        var words = body["words"]!.AsArray();
        Assert.Equal("english", (string)body["language"]!);
        Assert.True(words.Count >= 8);
        Assert.All(words, word => Assert.InRange((double)word!["end"]!, (double)word["start"]!, duration + 0.05));
        Assert.All(body["segments"]!.AsArray(), segment => Assert.InRange((double)segment!["end"]!, (double)segment["start"]!, duration + 0.05));
    }

    [Fact]
    public async Task Text_is_plain_text()
    {
        using var response = await PostAsync(await FileAsync(), ("response_format", "text"));

        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("clinic", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("srt", "1\n00:00:0", " --> ", ",")]
    [InlineData("vtt", "WEBVTT\n\n00:00:0", " --> ", ".")]
    public async Task Subtitles_have_their_own_time_format(string format, string start, string arrow, string decimals)
    {
        using var response = await PostAsync(await FileAsync(), ("response_format", format));

        var body = await response.Content.ReadAsStringAsync();
        Assert.StartsWith(start, body);
        Assert.Contains(arrow, body);
        Assert.Matches($@"\d\d:\d\d:\d\d\{decimals}\d\d\d", body);
        Assert.Contains("clinic", body);
    }

    [Fact]
    public async Task A_stream_sends_deltas_that_make_the_text_of_done()
    {
        using var response = await PostAsync(await FileAsync(), ("stream", "true"));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(e => JsonNode.Parse(e["data: ".Length..])!).ToList();
        Assert.All(events[..^1], e => Assert.Equal("transcript.text.delta", (string)e["type"]!));
        Assert.Equal("transcript.text.done", (string)events[^1]["type"]!);
        Assert.Equal((string)events[^1]["text"]!, string.Concat(events[..^1].Select(e => (string)e["delta"]!)));
    }

    [Fact]
    public async Task Noise_has_no_words()
    {
        using var response = await PostAsync(WavWriter.Write(Spoken.Noise(2), 16_000));

        Assert.Equal("", (string)(await JsonAsync(response))["text"]!);
    }

    [Fact]
    public async Task The_same_file_gives_the_same_text_every_time()
    {
        var file = await FileAsync();
        using var first = await PostAsync(file);
        using var second = await PostAsync(file);

        Assert.Equal((string)(await JsonAsync(first))["text"]!, (string)(await JsonAsync(second))["text"]!);
    }

    [Theory]
    [InlineData("response_format", "docx", "response_format", "invalid_value")]
    [InlineData("model", "whisper-9", "model", "model_not_found")]
    [InlineData("language", "ko", "language", "unsupported_language")]
    [InlineData("language", "no language", "language", "invalid_value")]
    [InlineData("temperature", "1.5", "temperature", "invalid_value")]
    [InlineData("stream", "maybe", "stream", "invalid_value")]
    [InlineData("timestamp_granularities[]", "word", "timestamp_granularities[]", "invalid_value")]
    [InlineData("include[]", "everything", "include[]", "invalid_value")]
    [InlineData("chunking_strategy", "never", "chunking_strategy", "invalid_value")]
    [InlineData("chunking_strategy", "{\"type\":\"server_vad\",\"threshold\":0.9}", "chunking_strategy", "unsupported_value")]
    [InlineData("known_speaker_references[]", "data:audio/wav;base64,AAAA", "known_speaker_references[]", "unsupported_value")]
    [InlineData("known_speaker_names[]", "Ann", "known_speaker_names[]", "invalid_value")]
    [InlineData("response_format", "diarized_json", "response_format", "unsupported_value")]
    public async Task A_field_that_does_not_fit_is_named(string field, string value, string param, string code)
    {
        using var response = await PostAsync(await FileAsync(), (field, value));

        var error = (await JsonAsync(response))["error"]!;
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        Assert.Equal(param, (string)error["param"]!);
        Assert.Equal(code, (string)error["code"]!);
    }

    [Fact]
    public async Task Fields_that_change_nothing_are_taken()
    {
        using var response = await PostAsync(
            WavWriter.Write(Spoken.Noise(1), 16_000), ("temperature", "0.2"), ("chunking_strategy", "auto"), ("languages[]", "en"), ("keywords[]", "clinic"), ("stream", "false"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task How_sure_the_engine_was_of_each_word_comes_where_it_is_asked_for()
    {
        using var response = await PostAsync(await FileAsync(), ("include[]", "logprobs"));

        var body = await JsonAsync(response);
        var words = body["logprobs"]!.AsArray();
        Assert.Equal((string)body["text"]!, string.Join(' ', words.Select(word => (string)word!["token"]!)));
        Assert.All(words, word => Assert.InRange((double)word!["logprob"]!, -10, 0));
    }

    [Fact]
    public async Task Two_who_speak_on_a_channel_each_are_told_apart_in_order_of_time()
    {
        var (first, second) = (await Spoken.ByFliteAsync(Sentence), await Spoken.ByFliteAsync("thank you i will come on monday", "slt"));
        var stereo = new short[2 * (first.Samples.Length + second.Samples.Length)];
        for (var i = 0; i < stereo.Length / 2; i++)
        {
            stereo[2 * i] = i < first.Samples.Length ? first.Samples[i] : (short)0;
            stereo[(2 * i) + 1] = i < first.Samples.Length ? (short)0 : second.Samples[i - first.Samples.Length];
        }

        var file = WavWriter.Write(stereo, 16_000, channels: 2);
        using var response = await PostAsync(file, ("response_format", "diarized_json"), ("known_speaker_names[]", "Reception"));
        var body = await JsonAsync(response);
        var segments = body["segments"]!.AsArray().Select(segment => ((string)segment!["speaker"]!, (double)segment["start"]!, (string)segment["text"]!)).ToList();

        Assert.Equal(segments.OrderBy(segment => segment.Item2), segments);
        Assert.Contains(segments, segment => segment.Item1 == "Reception" && segment.Item3.Contains("clinic"));
        Assert.Contains(segments, segment => segment.Item1 == "B" && segment.Item3.Contains("monday"));
        // What each of the two was heard for is what is counted.
        Assert.Equal((int)Math.Ceiling(2 * (double)body["duration"]!), (int)body["usage"]!["seconds"]!);

        using var stream = await PostAsync(file, ("response_format", "diarized_json"), ("stream", "true"));
        var events = await EventsAsync(stream);
        Assert.Equal(segments.Select(segment => segment.Item3), events.Where(e => (string)e["type"]! == "transcript.text.segment").Select(e => (string)e["text"]!));
        Assert.Equal((string)events[^1]["text"]!, string.Concat(events.Where(e => (string)e["type"]! == "transcript.text.delta").Select(e => (string)e["delta"]!)));
    }

    [Fact]
    public async Task English_is_translated_into_english_by_being_written_down()
    {
        using var response = await service.Client.PostAsync("/v1/audio/translations", Form(await FileAsync(), ("response_format", "verbose_json"))).OrTimeout(TimeSpan.FromSeconds(90));

        var body = await JsonAsync(response);
        Assert.Equal(("translate", "english"), ((string)body["task"]!, (string)body["language"]!));
        Assert.Contains("clinic", (string)body["text"]!);
    }

    [Theory]
    [InlineData("language", "ko", "language", "unsupported_language")]
    [InlineData("model", "whisper-9", "model", "model_not_found")]
    [InlineData("response_format", "diarized_json", "response_format", "invalid_value")]
    [InlineData("stream", "true", "stream", "invalid_value")]
    [InlineData("include[]", "logprobs", "include", "invalid_value")]
    public async Task A_translation_that_cannot_be_is_refused_by_name(string field, string value, string param, string code)
    {
        using var response = await service.Client.PostAsync("/v1/audio/translations", Form(await FileAsync(), (field, value))).OrTimeout(TimeSpan.FromSeconds(90));

        var error = (await JsonAsync(response))["error"]!;
        Assert.Equal((param, code), ((string)error["param"]!, (string)error["code"]!));
    }

    [Fact]
    public async Task What_is_no_audio_is_refused_naming_the_formats_that_are_read()
    {
        using var response = await PostAsync("version https://git-lfs.github.com/spec/v1"u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("WAV", (string)(await JsonAsync(response))["error"]!["message"]!);
    }

    [Fact]
    public async Task A_damaged_flac_file_is_refused()
    {
        using var response = await PostAsync([.. "fLaC"u8, .. new byte[512]]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_audio", (string)(await JsonAsync(response))["error"]!["code"]!);
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        using var response = await service.Client.PostAsync("/v1/audio/transcriptions", new StringContent("{}")).OrTimeout();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_content_type", (string)(await JsonAsync(response))["error"]!["code"]!);
    }

    [Fact]
    public async Task A_request_without_a_credential_is_refused_in_openais_shape()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/transcriptions") { Content = Form(await FileAsync()) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
        using var response = await service.Client.SendAsync(request).OrTimeout();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.NotNull((await JsonAsync(response))["error"]!["message"]);
    }

    private static async Task<List<JsonNode>> EventsAsync(HttpResponseMessage response) =>
        [.. (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => JsonNode.Parse(e["data: ".Length..])!)];

    private static async Task<byte[]> FileAsync()
    {
        var audio = await Spoken.ByFliteAsync(Sentence);
        return WavWriter.Write(audio.Samples, audio.SampleRate);
    }

    private Task<HttpResponseMessage> PostAsync(byte[] file, params (string Name, string Value)[] fields) =>
        service.Client.PostAsync("/v1/audio/transcriptions", Form(file, fields)).OrTimeout(TimeSpan.FromSeconds(90));

    private static MultipartFormDataContent Form(byte[] file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "audio.wav" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
