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
    public async Task A_field_that_does_not_fit_is_named(string field, string value, string param, string code)
    {
        using var response = await PostAsync(await FileAsync(), (field, value));

        var error = (await JsonAsync(response))["error"]!;
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        Assert.Equal(param, (string)error["param"]!);
        Assert.Equal(code, (string)error["code"]!);
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
