using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Voice.Core.Audio;
using Voice.Inference.Audio;
using Voice.Inference.Speech;

namespace Voice.Inference.Tests;

[Collection(InferenceCollection.Name)]
public sealed class SpeechApiTests(InferenceService service)
{
    [Theory]
    [InlineData("default", "en", "Hello, the clinic is open from eight to five.")]
    [InlineData("flite-slt", "en-US", "Hello.")]
    [InlineData("espeak-ng", "en", "Hello, the clinic is open.")]
    [InlineData("default", "es", "Hola, la clínica está abierta de ocho a cinco.")]
    [InlineData("default", "ko", "안녕하세요. 무엇을 도와드릴까요?")]
    public async Task Text_becomes_audible_pcm(string model, string language, string input)
    {
        var pcm = await SpeakAsync(new { model, language, input, response_format = "pcm" });

        Assert.Equal(0, pcm.Length % 2);
        Assert.InRange(Pcm16.Duration(pcm.Length, 24_000).TotalSeconds, 0.3, 20);
        Assert.InRange(Pcm16.LevelDbfs(Pcm16.Samples(pcm)), -45, -3);
    }

    [Fact]
    public async Task Wav_can_be_played_by_any_program()
    {
        var audio = WavReader.Read(await SpeakAsync(new { input = "Hello there.", response_format = "wav" }));

        Assert.Equal(24_000, audio.SampleRate);
        Assert.InRange(audio.Duration.TotalSeconds, 0.3, 5);
    }

    /// <summary>The default is OpenAI's.</summary>
    [Theory]
    [InlineData(null, "audio/mpeg")]
    [InlineData("mp3", "audio/mpeg")]
    [InlineData("opus", "audio/ogg")]
    [InlineData("aac", "audio/aac")]
    [InlineData("flac", "audio/flac")]
    public async Task Compressed_speech_is_the_speech(string? format, string contentType)
    {
        const string Input = "The clinic is open from eight to five.";
        var plain = Pcm16.Duration((await SpeakAsync(new { input = Input, response_format = "pcm" })).Length, 24_000);
        using var response = await service.Client.PostAsJsonAsync("/v1/audio/speech", new { input = Input, response_format = format }).OrTimeout();
        var file = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
        await using var decoded = await service.Get<AudioDecoder>().OpenAsync(new MemoryStream(file), mono: true, new AudioBounds(TimeSpan.FromMinutes(1), file.Length), CancellationToken.None);
        var samples = new List<short>();
        await foreach (var block in decoded.ReadAsync(CancellationToken.None))
        {
            samples.AddRange(block.Span);
        }

        Assert.InRange(samples.Count / 16_000.0, plain.TotalSeconds - 0.05, plain.TotalSeconds + 0.2);
        Assert.InRange(Pcm16.LevelDbfs(samples.ToArray()), -45, -3);
    }

    [Fact]
    public async Task Compressed_speech_begins_before_it_ends()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/speech")
        {
            Content = JsonContent.Create(new { model = "simulated", input = new string('a', 4_000), response_format = "mp3", stream_format = "audio" }),
        };
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).OrTimeout();
        var first = new byte[512];
        await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(first).AsTask().OrTimeout();

        Assert.Equal("audio/mpeg", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Events_carry_compressed_audio_too()
    {
        using var response = await service.Client.PostAsJsonAsync("/v1/audio/speech", new { input = "Hello.", response_format = "mp3", stream_format = "sse" }).OrTimeout();

        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => JsonNode.Parse(e["data: ".Length..])!).ToList();
        byte[] file = [.. events[..^1].SelectMany(e => Convert.FromBase64String((string)e["audio"]!))];
        Assert.NotNull(AudioContainer.Of(file));
    }

    [Fact]
    public async Task Markup_is_read_where_the_engine_can_and_refused_where_it_cannot()
    {
        const string Ssml = "<speak>Hello <break time=\"1s\"/> there.</speak>";
        var paused = await SpeakAsync(new { model = "espeak-ng", input = Ssml, input_format = "ssml", response_format = "pcm" });
        var plain = await SpeakAsync(new { model = "espeak-ng", input = "Hello there.", response_format = "pcm" });
        Assert.True(paused.Length > plain.Length + 24_000, "the pause is missing");

        using var refused = await service.Client.PostAsJsonAsync("/v1/audio/speech", new { model = "flite-slt", input = Ssml, input_format = "ssml" }).OrTimeout();
        using var instructed = await service.Client.PostAsJsonAsync("/v1/audio/speech", new { model = "flite-slt", input = "Hello.", instructions = "Whisper." }).OrTimeout();
        foreach (var response in new[] { refused, instructed })
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("unsupported_value", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]!);
        }
    }

    [Fact]
    public async Task Half_speed_takes_about_twice_as_long()
    {
        var normal = await SpeakAsync(new { input = "The doctor will see you now.", response_format = "pcm" });
        var slow = await SpeakAsync(new { input = "The doctor will see you now.", response_format = "pcm", speed = 0.5 });

        Assert.InRange((double)slow.Length / normal.Length, 1.6, 2.4);
    }

    [Theory]
    [InlineData("-o /etc/passwd; $(reboot) `ls` \\ \" ' | & > <")]
    [InlineData("\u0000\u0001\u0007 hello \uFFFF")]
    [InlineData("🙂🙂🙂 hello 🙂")]
    [InlineData("<speak><break time='9999s'/>hello</speak>")]
    [InlineData("[[h@'loU]] %s %n %x hello")]
    public async Task Hostile_text_is_only_spoken(string input)
    {
        foreach (var model in new[] { "flite-slt", "espeak-ng" })
        {
            Assert.NotEmpty(await SpeakAsync(new { model, input, response_format = "pcm" }));
        }
    }

    [Fact]
    public async Task A_word_without_end_is_spoken_in_pieces()
    {
        Assert.NotEmpty(await SpeakAsync(new { input = new string('a', 4_000), response_format = "pcm" }));
    }

    [Theory]
    [InlineData("{\"input\":\"\"}", "input")]
    [InlineData("{\"input\":\"hi\",\"speed\":9}", "speed")]
    [InlineData("{\"input\":\"hi\",\"response_format\":\"docx\"}", "response_format")]
    [InlineData("{\"input\":\"hi\",\"input_format\":\"docx\"}", "input_format")]
    [InlineData("{\"input\":\"hi\",\"stream_format\":\"docx\"}", "stream_format")]
    [InlineData("{\"input\":\"hi\",\"language\":\"xx\"}", "language")]
    [InlineData("{\"input\":\"hi\",\"model\":\"tts-9\"}", "model")]
    public async Task A_field_that_does_not_fit_is_named(string body, string param)
    {
        using var response = await service.Client.PostAsync("/v1/audio/speech", new StringContent(body, null, "application/json")).OrTimeout();

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        Assert.Equal(param, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["param"]!);
    }

    [Fact]
    public async Task A_listener_who_leaves_gives_the_place_back()
    {
        using (var leave = new CancellationTokenSource())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/speech")
            {
                Content = JsonContent.Create(new { input = string.Concat(Enumerable.Repeat("This is a very long text. ", 150)), response_format = "pcm" }),
            };
            using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token).OrTimeout();
            await (await response.Content.ReadAsStreamAsync(leave.Token)).ReadExactlyAsync(new byte[4_800], leave.Token).AsTask().OrTimeout();
            await leave.CancelAsync();
        }

        var pool = service.Get<SpeakerPool>();
        await Deadline.Until(() => Task.FromResult(pool.InUse == 0));
        Assert.NotEmpty(await SpeakAsync(new { input = "Hello.", response_format = "pcm" }));
    }

    [Fact]
    public async Task Events_carry_the_same_audio_in_base64()
    {
        using var response = await service.Client.PostAsJsonAsync("/v1/audio/speech", new { input = "Hello.", response_format = "pcm", stream_format = "sse" }).OrTimeout();

        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => JsonNode.Parse(e["data: ".Length..])!).ToList();
        Assert.All(events[..^1], e => Assert.Equal("speech.audio.delta", (string)e["type"]!));
        Assert.Equal("speech.audio.done", (string)events[^1]["type"]!);
        Assert.True(events[..^1].Sum(e => Convert.FromBase64String((string)e["audio"]!).Length) > 4_800);
    }

    private async Task<byte[]> SpeakAsync(object body)
    {
        using var response = await service.Client.PostAsJsonAsync("/v1/audio/speech", body).OrTimeout();
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsByteArrayAsync();
    }
}
