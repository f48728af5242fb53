using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Voice.Core.Audio;

namespace Voice.Inference.Tests;

/// <summary>The worker in front of another OpenAI-compatible server, which the test plays.</summary>
public sealed class UpstreamTests : IAsyncLifetime
{
    private const string Key = "sk-secret-of-the-operator";

    private readonly List<(string Path, string? Authorization, string Body)> _requests = [];
    private WebApplication _upstream = null!;
    private ServiceFactory<Program> _factory = null!;
    private HttpClient _client = null!;
    private int _status = 200;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _upstream = builder.Build();
        _upstream.MapPost("/v1/{**path}", AnswerAsync);
        await _upstream.StartAsync();
        _factory = new ServiceFactory<Program>().With("Engines:Decoders:Warm", "0").With("Engines:Speakers:Warm", "0");
        foreach (var capability in new[] { "Transcription", "Chat", "Speech" })
        {
            _factory.With($"Engines:{capability}:Engine", "openai").With($"Engines:{capability}:BaseUrl", _upstream.Urls.First() + "/v1")
                .With($"Engines:{capability}:ApiKey", Key).With($"Engines:{capability}:Model", "their-model").With($"Engines:{capability}:Models:alias", "mapped-model");
        }

        _client = _factory.CreateClient().As();
    }

    public async Task DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Chat_is_forwarded_whole_with_the_key_and_the_servers_model()
    {
        using var response = await _client.PostAsJsonAsync("/v1/chat/completions", new { model = "default", messages = new[] { new { role = "user", content = "hi" } }, tools = new[] { new { type = "function" } } }).OrTimeout();

        Assert.Equal("theirs", (string)(await JsonAsync(response))["choices"]![0]!["message"]!["content"]!);
        var (path, authorization, body) = Assert.Single(_requests);
        Assert.Equal("/v1/chat/completions", path);
        Assert.Equal($"Bearer {Key}", authorization);
        Assert.Equal("their-model", (string)JsonNode.Parse(body)!["model"]!);
        Assert.Equal("function", (string)JsonNode.Parse(body)!["tools"]![0]!["type"]!);
    }

    [Fact]
    public async Task A_mapped_name_becomes_the_servers_own()
    {
        using var response = await _client.PostAsJsonAsync("/v1/chat/completions", new { model = "alias", messages = new[] { new { role = "user", content = "hi" } } }).OrTimeout();

        Assert.Equal("mapped-model", (string)JsonNode.Parse(_requests.Single().Body)!["model"]!);
    }

    [Fact]
    public async Task A_stream_is_passed_on_as_it_is()
    {
        using var response = await _client.PostAsJsonAsync("/v1/chat/completions", new { stream = true, messages = new[] { new { role = "user", content = "hi" } } }).OrTimeout();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("data: [DONE]\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Our_own_models_stay_reachable_by_name()
    {
        using var response = await _client.PostAsJsonAsync("/v1/chat/completions", new { model = "extractive", messages = new[] { new { role = "user", content = "hello" } } }).OrTimeout();

        Assert.Contains("How can I help", (string)(await JsonAsync(response))["choices"]![0]!["message"]!["content"]!);
        Assert.Empty(_requests);
    }

    [Fact]
    public async Task Live_transcription_posts_the_utterance_at_its_commit()
    {
        await using var client = await LiveClient.ConnectAsync(_factory, "?intent=transcription");
        await client.UpdateAsync(prompt: "Riverside");
        await client.SendAudioAsync(Spoken.Silence(1));
        await client.CommitAsync();

        Assert.Equal("their words", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
        var (path, _, body) = _requests.Single();
        Assert.Equal("/v1/audio/transcriptions", path);
        Assert.Contains("RIFF", body);
        Assert.Contains("their-model", body);
        Assert.Contains("Riverside", body);
    }

    [Fact]
    public async Task Speech_is_streamed_through()
    {
        using var response = await _client.PostAsJsonAsync("/v1/audio/speech", new { input = "hi", response_format = "pcm" }).OrTimeout();

        Assert.Equal(9_600, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData(401, HttpStatusCode.ServiceUnavailable, "provider_unavailable")]
    [InlineData(429, HttpStatusCode.ServiceUnavailable, "provider_unavailable")]
    [InlineData(400, HttpStatusCode.BadRequest, "provider_rejected")]
    [InlineData(500, HttpStatusCode.BadGateway, "provider_failed")]
    public async Task Its_errors_are_told_in_ours_without_the_key(int theirs, HttpStatusCode ours, string code)
    {
        _status = theirs;
        using var response = await _client.PostAsJsonAsync("/v1/chat/completions", new { messages = new[] { new { role = "user", content = "hi" } } }).OrTimeout();

        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(ours, response.StatusCode);
        Assert.Equal(code, (string)JsonNode.Parse(body)!["error"]!["code"]!);
        Assert.DoesNotContain(Key, body);
    }

    [Fact]
    public async Task A_failed_post_fails_its_commit_and_not_the_session()
    {
        _status = 500;
        await using var client = await LiveClient.ConnectAsync(_factory, "?intent=transcription");
        await client.UpdateAsync();
        await client.SendAudioAsync(Spoken.Silence(1));
        await client.CommitAsync();
        await client.ReceiveAsync("conversation.item.input_audio_transcription.failed");

        _status = 200;
        await client.SendAudioAsync(Spoken.Silence(1));
        await client.CommitAsync();
        Assert.Equal("their words", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.Latin1);
        var body = await reader.ReadToEndAsync();
        lock (_requests)
        {
            _requests.Add((http.Request.Path, http.Request.Headers.Authorization, body));
        }

        http.Response.StatusCode = _status;
        if (_status != 200)
        {
            await http.Response.WriteAsJsonAsync(new { error = new { message = "no", type = "x", param = (string?)null, code = (string?)null } });
        }
        else if (http.Request.Path.Value!.EndsWith("speech"))
        {
            // An odd length first: the network cuts where it likes.
            await http.Response.Body.WriteAsync(new byte[1_201]);
            await http.Response.Body.FlushAsync();
            await http.Response.Body.WriteAsync(new byte[8_399]);
        }
        else if (http.Request.Path.Value.EndsWith("transcriptions"))
        {
            await http.Response.WriteAsJsonAsync(new { text = " their words " });
        }
        else if (body.Contains("\"stream\":true"))
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: {\"choices\":[]}\n\ndata: [DONE]\n\n");
        }
        else
        {
            await http.Response.WriteAsJsonAsync(new { choices = new[] { new { message = new { role = "assistant", content = "theirs" } } } });
        }
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
