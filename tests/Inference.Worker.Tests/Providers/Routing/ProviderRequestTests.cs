using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Voice.Core.Providers;

namespace Voice.Inference.Tests.Providers.Routing;

/// <summary>Requests and sessions through the endpoints, answered by whom they name.</summary>
public sealed class ProviderRequestTests : IAsyncLifetime
{
    private readonly ProviderWorker _worker = new("alpha", "beta");
    private HttpClient _client = null!;

    public Task InitializeAsync()
    {
        _client = _worker.Client();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _worker.DisposeAsync().AsTask();

    [Fact]
    public async Task Speech_chat_translation_and_recordings_are_answered_by_who_is_named()
    {
        using var speech = await _client.PostAsJsonAsync("/v1/audio/speech", new { model = "beta/large", input = "Hello.", response_format = "pcm" }).OrTimeout();
        Assert.Equal(480, (await speech.Content.ReadAsByteArrayAsync()).Length);
        using var chat = await _client.PostAsJsonAsync("/v1/chat/completions", new { model = "beta", messages = new[] { new { role = "user", content = "hi" } } }).OrTimeout();
        Assert.Equal("I am beta.", (string)(await JsonAsync(chat))["choices"]![0]!["message"]!["content"]!);
        using var translation = await _client.PostAsJsonAsync("/v1/translations", new { model = "alpha", input = "Hello.", source_language = "en", target_language = "ko" }).OrTimeout();
        Assert.Equal("Hello. by alpha", (string)(await JsonAsync(translation))["text"]!);
        Assert.Equal(["beta speech large", "beta chat ", "alpha translation"], _worker.Kind.Asked);
    }

    [Fact]
    public async Task A_session_is_heard_by_who_is_named()
    {
        await using var client = await LiveClient.ConnectAsync(_worker.Factory, "?intent=transcription");
        await client.UpdateAsync(model: "beta");
        await client.SendAudioAsync(new byte[3_200]);
        await client.CommitAsync();
        Assert.Equal("heard by beta", (string)(await client.ReceiveTranscriptAsync())["transcript"]!);
    }

    [Fact]
    public async Task Who_fails_is_followed_by_the_next_of_the_list()
    {
        _worker.Kind.Before = (name, _) => name == "alpha" ? throw new ProviderException("provider_failed", "alpha is down") : Task.CompletedTask;
        using var speech = await _client.PostAsJsonAsync("/v1/audio/speech", new { model = "alpha,beta", input = "Hello.", response_format = "pcm" }).OrTimeout();
        Assert.Equal(HttpStatusCode.OK, speech.StatusCode);
        Assert.Equal(["alpha speech ", "beta speech "], _worker.Kind.Asked);
    }

    [Fact]
    public async Task A_refused_key_is_not_asked_again_and_not_told()
    {
        _worker.Kind.Before = (_, _) => throw new ProviderException("provider_unavailable", "The service refuses the configured key.") { IsLasting = true };
        using var speech = await _client.PostAsJsonAsync("/v1/audio/speech", new { model = "alpha", input = "Hello." }).OrTimeout();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, speech.StatusCode);
        Assert.Single(_worker.Kind.Asked);
    }

    [Fact]
    public async Task Models_are_listed_as_requests_may_name_them()
    {
        var models = await JsonAsync(await _client.GetAsync("/v1/models").OrTimeout());
        var names = models["data"]!.AsArray().Select(model => (string)model!["id"]!).ToList();
        string[] expected = ["pocketsphinx-en-us", "extractive", "flite-slt", "espeak-ng", "apertium", "simulated", "alpha", "alpha/tiny", "beta/large"];
        Assert.Empty(expected.Except(names));
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
