using System.Net;
using System.Text.Json;

namespace Platform.Tests;

/// <summary>Bad input through the front door: a clear error in the protocol's form, and a session that goes on.</summary>
[Collection(PlatformCollection.Name)]
public sealed class BadInputTests(PlatformFixture platform)
{
    [Theory]
    [InlineData("""{"type":"no.such.event"}""", "no.such.event")]
    [InlineData("""{"type":"input_audio_buffer.append","audio":"AAAA"}""", "bytes")]
    [InlineData("""{"type":"input_audio_buffer.append","audio":"not base64!"}""", "base64")]
    [InlineData("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcm","rate":44100}}}}}""", "24000")]
    [InlineData("this is not JSON", "JSON")]
    [InlineData("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"\ud800"}]}}""", "surrogate")]
    [InlineData("""{"type":"session.update","event_id":"\udfff\ud800","session":{"type":"realtime"}}""", "surrogate")]
    [InlineData("""["type"]""", "object")]
    public async Task A_bad_event_is_answered_with_an_error_that_names_it_and_the_session_goes_on(string message, string named)
    {
        await using var client = await platform.ConnectAsync();

        await client.SendTextAsync(message);
        var error = (await client.ReceiveAsync("error")).GetProperty("error");

        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.OrdinalIgnoreCase);
        await client.SendAsync(new { type = "session.update", session = new { type = "realtime" } });
        await client.ReceiveAsync("session.updated");
    }

    [Theory]
    [InlineData("/v1/models", null, "missing_credential")]
    [InlineData("/v1/models", "va_wrong", "invalid_api_key")]
    public async Task Without_a_good_key_partners_get_OpenAIs_error(string path, string? key, string code)
    {
        using var client = new HttpClient { BaseAddress = platform.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var response = await client.SendAsync(request).OrTimeout();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.True(response.Headers.Contains("X-Request-Id"));
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Every_service_tells_its_metrics_to_who_has_a_key()
    {
        using var client = platform.CreateClient();
        foreach (var path in new[] { "/metrics", "/metrics/voice-api", "/metrics/inference-worker", "/metrics/safety-worker", "/metrics/export-worker", "/metrics/web" })
        {
            var text = await client.GetStringAsync(path).OrTimeout();
            Assert.Contains("# TYPE", text, StringComparison.Ordinal);
        }
    }
}
