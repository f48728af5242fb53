using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using Voice.Core.Audio;
using Voice.Inference.Tests.Providers;
using Voice.Inference.Tests.Providers.Chat;

namespace Voice.Inference.Tests;

/// <summary>OpenAI's own clients, of npm and of NuGet, unmodified, against the worker: with its own engines, and with a service behind it that calls tools and keeps to schemas.</summary>
public sealed class OfficialRestClientTests(OfficialRestClientTests.Worker worker) : IClassFixture<OfficialRestClientTests.Worker>
{
    private const string Sentence = "hello our clinic is open from eight to five";

    [Fact]
    public async Task Npm_transcribes_in_every_format_and_as_a_stream()
    {
        var result = await RunAsync("transcriptions", speech: true);

        var formats = result.GetProperty("formats").EnumerateObject().ToDictionary(format => format.Name, format => format.Value.GetString()!);
        Assert.Equal(["json", "srt", "text", "verbose_json", "vtt"], formats.Keys.Order());
        Assert.All(formats.Values, text => Assert.Contains("clinic", text, StringComparison.Ordinal));
        Assert.StartsWith("WEBVTT", formats["vtt"], StringComparison.Ordinal);
        Assert.True(result.GetProperty("words").GetInt32() >= 6 && result.GetProperty("segments").GetInt32() >= 1 && result.GetProperty("logprobs").GetInt32() >= 6);
        Assert.Contains("clinic", result.GetProperty("done").GetString(), StringComparison.Ordinal);
        Assert.Equal(result.GetProperty("done").GetString(), result.GetProperty("streamed").GetString());
        Assert.Equal(["Customer"], result.GetProperty("speakers").EnumerateArray().Select(speaker => speaker.GetString()));
        Assert.Equal(("BadRequestError", "invalid_audio", "file"), Refusal(result.GetProperty("refused")));
    }

    [Fact]
    public async Task Npm_translates_speech()
    {
        var result = await RunAsync("translations", speech: true);

        Assert.Contains("clinic", result.GetProperty("plain").GetString(), StringComparison.Ordinal);
        Assert.Contains("clinic", result.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("english", result.GetProperty("language").GetString());
    }

    [Fact]
    public async Task Npm_gets_speech_in_every_format()
    {
        var result = await RunAsync("speech");

        Assert.Equal(
            ["audio/mpeg", "audio/ogg", "audio/aac", "audio/flac", "audio/wav", "audio/pcm"],
            result.GetProperty("bytes").EnumerateObject().Select(format => format.Value.GetProperty("type").GetString()));
        Assert.All(result.GetProperty("bytes").EnumerateObject(), format => Assert.True(format.Value.GetProperty("length").GetInt32() > 2_000, format.Name));
        Assert.Equal("audio/mpeg", result.GetProperty("byDefault").GetString());
        Assert.Equal(("NotFoundError", "model_not_found", "model"), Refusal(result.GetProperty("refused")));
    }

    [Fact]
    public async Task Npm_chats_with_the_engine_of_ours_and_lists_models()
    {
        var chat = await RunAsync("chat");
        var models = await RunAsync("models");

        Assert.StartsWith("Parking is free", chat.GetProperty("whole").GetString(), StringComparison.Ordinal);
        Assert.Equal(chat.GetProperty("whole").GetString(), chat.GetProperty("text").GetString());
        Assert.Single(chat.GetProperty("counted").EnumerateArray().Select(total => total.GetInt32()).Distinct());
        Assert.Equal(("BadRequestError", "unsupported_value", "response_format"), Refusal(chat.GetProperty("schema")));
        Assert.Equal(("BadRequestError", "unsupported_value", "n"), Refusal(chat.GetProperty("several")));
        Assert.Contains("pocketsphinx-en-us", models.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("thinker", models.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(("NotFoundError", "model_not_found", "model"), Refusal(models.GetProperty("missing")));
    }

    [Fact]
    public async Task Npm_calls_two_tools_at_once_whole_and_streamed()
    {
        var script = new AnthropicScript();
        worker.Service.Requests.Clear();
        worker.Service.Answer = context => AnswerAsync(context, worker.Service.Requests.Count < 3 ? script.Calls() : [.. script.Words("Done."), .. script.End()]);
        var result = await RunAsync("toolCalls", model: "thinker");

        Assert.Equal(["tool_calls", "tool_calls"], result.GetProperty("finish").EnumerateArray().Select(reason => reason.GetString()));
        foreach (var calls in new[] { "whole", "streamed" })
        {
            Assert.Equal(
                ["""["toolu_a","book","{\"day\":\"Monday\"}"]""", """["toolu_b","hours","{}"]"""], result.GetProperty(calls).EnumerateArray().Select(call => call.GetRawText()));
        }

        Assert.Equal(("stop", 21), (result.GetProperty("then").GetString(), result.GetProperty("usage").GetInt32()));
    }

    [Fact]
    public async Task Npm_gets_json_by_a_schema()
    {
        var script = new AnthropicScript();
        worker.Service.Requests.Clear();
        worker.Service.Answer = context => AnswerAsync(context, [.. script.Words("""{"free":""", "true}"), .. script.End()]);
        var result = await RunAsync("json", model: "thinker");

        Assert.Equal("""{"free":true}""", result.GetProperty("content").GetString());
        Assert.Contains("\"json_schema\"", Assert.Single(worker.Service.Requests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dotnet_transcribes_translates_and_speaks()
    {
        var audio = Client().GetAudioClient("default");
        var spoken = await Spoken.ByFliteAsync(Sentence);
        byte[] wav = WavWriter.Write(spoken.Samples, spoken.SampleRate);

        AudioTranscription verbose = await audio.TranscribeAudioAsync(new MemoryStream(wav), "said.wav", new AudioTranscriptionOptions
        {
            ResponseFormat = AudioTranscriptionFormat.Verbose, TimestampGranularities = AudioTimestampGranularities.Word | AudioTimestampGranularities.Segment, Language = "en",
        });
        AudioTranscription plain = await audio.TranscribeAudioAsync(new MemoryStream(wav), "said.wav");
        AudioTranslation english = await audio.TranslateAudioAsync(new MemoryStream(wav), "said.wav");
        BinaryData speech = await audio.GenerateSpeechAsync("The clinic is open.", GeneratedSpeechVoice.Alloy);

        Assert.Contains("clinic", plain.Text, StringComparison.Ordinal);
        Assert.Contains("clinic", english.Text, StringComparison.Ordinal);
        Assert.Equal("english", verbose.Language);
        Assert.True(verbose.Words.Count >= 6 && verbose.Segments.Count >= 1);
        Assert.InRange(verbose.Duration!.Value.TotalSeconds, spoken.Duration.TotalSeconds - 0.1, spoken.Duration.TotalSeconds + 0.1);
        Assert.True(speech.ToMemory().Length > 2_000);
    }

    [Fact]
    public async Task Dotnet_chats_streams_and_calls_tools()
    {
        var script = new AnthropicScript();
        worker.Service.Answer = context => AnswerAsync(context, script.Calls());
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("book"), ChatTool.CreateFunctionTool("hours") } };
        ChatMessage[] question = [new UserChatMessage("Book Monday, and when are you open?")];

        ChatCompletion whole = await Client().GetChatClient("thinker").CompleteChatAsync(question, options);
        Assert.Equal(ChatFinishReason.ToolCalls, whole.FinishReason);
        Assert.Equal([("book", """{"day":"Monday"}"""), ("hours", "{}")], whole.ToolCalls.Select(call => (call.FunctionName, call.FunctionArguments.ToString())));
        Assert.Equal(21, whole.Usage.TotalTokenCount);

        var text = "";
        await foreach (var update in Client().GetChatClient("extractive").CompleteChatStreamingAsync([new SystemChatMessage(ClinicKnowledge.System), new UserChatMessage("is there parking")]))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.StartsWith("Parking is free", text, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Client().GetChatClient("no-such").CompleteChatAsync(question));
        Assert.Equal(404, refused.Status);
        Assert.Contains("extractive", (await Client().GetOpenAIModelClient().GetModelsAsync()).Value.Select(model => model.Id));
    }

    private static (string?, string?, string?) Refusal(JsonElement refusal) =>
        (refusal.GetProperty("name").GetString(), refusal.GetProperty("code").GetString(), refusal.GetProperty("param").GetString());

    private static async Task AnswerAsync(HttpContext context, string[] frames)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var frame in frames)
        {
            await context.Response.WriteAsync(frame);
        }
    }

    private OpenAIClient Client() => new(
        new ApiKeyCredential(TestIdentity.Token()),
        new OpenAIClientOptions { Endpoint = new Uri(worker.Address, "/v1"), RetryPolicy = new ClientRetryPolicy(0), NetworkTimeout = TimeSpan.FromSeconds(90) });

    private async Task<JsonElement> RunAsync(string scenario, bool speech = false, string model = "default")
    {
        var client = new OfficialClient("openai-rest.mjs", scenario, worker.Address, TestIdentity.Token()).With("VOICE_MODEL", model).With("VOICE_SYSTEM", ClinicKnowledge.System);
        var (result, _) = speech ? await client.RunAsync(await Voice.Testing.Speech.SayAsync(Sentence)) : await client.RunAsync();
        return result;
    }

    public sealed class Worker : IAsyncLifetime
    {
        private readonly ServiceFactory<Program> _factory = new();

        internal ProviderServer Service { get; private set; } = null!;

        public Uri Address { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Service = await ProviderServer.StartAsync();
            _factory.With("Engines:Decoders:Warm", "1").With("Engines:Decoders:Max", "3").With("Engines:Speakers:Warm", "1")
                .With("Providers:thinker:Kind", "anthropic").With("Providers:thinker:BaseUrl", Service.Address.ToString())
                .With("Providers:thinker:ApiKey", "sk-ant-test").With("Providers:thinker:Model", "theirs-1");
            _factory.UseKestrel(0);
            _factory.StartServer();
            Address = new Uri(_factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            using var client = new HttpClient { BaseAddress = Address };
            await Deadline.Until(async () => (await client.GetAsync("/health")).IsSuccessStatusCode, TimeSpan.FromSeconds(60));
        }

        public async Task DisposeAsync()
        {
            await _factory.DisposeAsync();
            await Service.DisposeAsync();
        }
    }
}
