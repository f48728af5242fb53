using System.Net;
using System.Text.Json;

namespace Gateway.Tests;

internal static class HttpAssert
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <summary>OpenAI's envelope below /v1, ProblemDetails elsewhere; the code is in both.</summary>
    public static async Task IsErrorAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {body}");
        var json = JsonDocument.Parse(body).RootElement;
        if (response.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/v1/", StringComparison.Ordinal))
        {
            Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
            var error = json.GetProperty("error");
            Assert.Equal(code, error.GetProperty("code").GetString());
            Assert.NotEmpty(error.GetProperty("message").GetString()!);
            Assert.NotEmpty(error.GetProperty("type").GetString()!);
            Assert.True(error.TryGetProperty("param", out _));
        }
        else
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(code, json.GetProperty("code").GetString());
            Assert.Equal((int)status, json.GetProperty("status").GetInt32());
        }
    }
}
