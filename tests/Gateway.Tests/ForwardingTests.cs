using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests;

public sealed class ForwardingTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Theory]
    [InlineData("/api/v1/agents", "voice-api")]
    [InlineData("/api/v1/agents/receptionist", "voice-api")]
    [InlineData("/api/v1/sessions?limit=5&cursor=a%2Bb", "voice-api")]
    [InlineData("/api/v1/sessions/sess_1/recording", "voice-api")]
    [InlineData("/api/v1/sessions/sess_1/interventions", "safety-worker")]
    [InlineData("/api/v1/sessions/sess_1/exports", "export-worker")]
    [InlineData("/v1/models", "inference-worker")]
    [InlineData("/v1/models/flite-slt", "inference-worker")]
    [InlineData("/v1/audio/voices", "inference-worker")]
    [InlineData("/", "web")]
    [InlineData("/sessions/sess_1", "web")]
    public async Task A_path_goes_to_its_service_unchanged(string path, string service)
    {
        using var client = gateway.WithKey();
        var seen = await (await client.GetAsync(path)).JsonAsync();
        Assert.Equal((service, path), (seen.GetProperty("Service").GetString(), seen.GetProperty("Path").GetString()));
    }

    [Fact]
    public async Task A_service_gets_an_identity_token_and_nothing_a_client_could_pretend_with()
    {
        using var client = await gateway.SignedInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/agents");
        foreach (var name in new[] { "X-User", "X-Organization-Id", "X-Original-URL", "X-Forwarded-For", "X-MS-CLIENT-PRINCIPAL" })
        {
            request.Headers.Add(name, "somebody");
        }

        request.Headers.Add("X-Request-Id", "my-id-1");
        var seen = (await (await client.SendAsync(request)).JsonAsync()).Deserialize<SeenRequest>()!;

        Assert.DoesNotContain("Cookie", seen.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain(seen.Headers, h => h.Value.Contains("somebody", StringComparison.Ordinal));
        Assert.Equal("my-id-1", seen.Header("X-Request-Id"));
        Assert.Equal("127.0.0.1", seen.Header("X-Forwarded-For"));
        var claims = Claims(seen.Header("Authorization"));
        Assert.Equal("org_default", claims.GetProperty("org").GetString());
        Assert.Equal("user", claims.GetProperty("kind").GetString());
        Assert.Equal("admin@localhost", claims.GetProperty("name").GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - gateway.Time.GetUtcNow().ToUnixTimeSeconds(), 1, 60);
    }

    [Fact]
    public async Task An_open_route_carries_no_identity_and_no_credential()
    {
        using var client = gateway.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "va_wrong");
        var seen = (await (await client.GetAsync("/api/v1/sessions/s/recording/content?signature=abc")).JsonAsync()).Deserialize<SeenRequest>()!;
        Assert.DoesNotContain("Authorization", seen.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("/api/v1/sessions/s/recording/content?signature=abc", seen.Path);
    }

    [Theory]
    [InlineData("/v1/nothing", "unknown_route")]
    [InlineData("/api/v1/agent", "unknown_route")]
    [InlineData("/api/v1", "unknown_route")]
    [InlineData("/api/voices/a", "unknown_route")]
    [InlineData("/api/v1x/agents", "unknown_route")]
    [InlineData("/api/v2/agents", "unknown_version")]
    [InlineData("/api/v9", "unknown_version")]
    [InlineData("/api/v010/agents", "unknown_version")]
    public async Task An_api_path_that_does_not_exist_is_a_404_in_the_form_of_its_api(string path, string code)
    {
        using var client = gateway.WithKey();
        client.DefaultRequestHeaders.Add("Accept", "text/html,*/*");
        using var response = await client.PostAsync(path, null);
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.NotFound, code);
        Assert.Equal(code == "unknown_version", (await response.Content.ReadAsStringAsync()).Contains("/api/v1, the platform's own", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/audio/transcriptions", 27, true)]
    [InlineData("/v1/audio/transcriptions", 25, false)]
    [InlineData("/v1/chat/completions", 5, true)]
    [InlineData("/v1/chat/completions", 3, false)]
    [InlineData("/api/v1/agents", 2, true)]
    public async Task A_body_over_the_limit_of_its_route_is_refused_whether_it_says_its_length_or_not(string path, int megabytes, bool tooLarge)
    {
        if (tooLarge)
        {
            using var client = gateway.WithKey();
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[megabytes * 1024 * 1024]) };
            // Refused before the body is sent, where the client asks first.
            request.Headers.ExpectContinue = true;
            using var response = await client.SendAsync(request).OrTimeout();
            await HttpAssert.IsErrorAsync(response, HttpStatusCode.RequestEntityTooLarge, "payload_too_large");

            // Otherwise the connection is closed while it still sends; the answer is there for who looks.
            var answer = await AskChunkedAsync(path, megabytes);
            Assert.StartsWith("HTTP/1.1 413 ", answer);
            Assert.Contains("payload_too_large", answer, StringComparison.Ordinal);
            return;
        }

        foreach (var chunked in new[] { false, true })
        {
            using var client = gateway.WithKey();
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[megabytes * 1024 * 1024]) };
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await client.SendAsync(request).OrTimeout();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private async Task<string> AskChunkedAsync(string path, int megabytes)
    {
        using var raw = await RawHttp.ConnectAsync(gateway.Url);
        try
        {
            await raw.SendAsync($"POST {path} HTTP/1.1\r\nHost: {gateway.Url.Authority}\r\nAuthorization: Bearer {GatewayHost.ApiKey}\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunk = $"10000\r\n{new string('x', 64 * 1024)}\r\n";
            for (var i = 0; i < megabytes * 16; i++)
            {
                await raw.SendAsync(chunk);
            }

            await raw.SendAsync("0\r\n\r\n");
        }
        catch (IOException)
        {
            // Closed: it has said why.
        }

        return await raw.ReadToEndAsync();
    }

    [Fact]
    public async Task A_streamed_answer_arrives_as_it_is_written()
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Services.Answers["/v1/chat/completions"] = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync("data: one\n\n"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await next.Task.OrTimeout();
            await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray());
        };
        using var client = gateway.WithKey();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent("{}") };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).OrTimeout();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[1024];
        Assert.Equal("data: one\n\n", Encoding.UTF8.GetString(buffer, 0, await body.ReadAsync(buffer).AsTask().OrTimeout()));
        next.SetResult();
        Assert.Equal("data: [DONE]\n\n", Encoding.UTF8.GetString(buffer, 0, await body.ReadAsync(buffer).AsTask().OrTimeout()));
        gateway.Services.Answers.TryRemove("/v1/chat/completions", out _);
    }

    [Fact]
    public async Task Every_response_has_one_request_id_and_the_security_headers()
    {
        using var client = gateway.WithKey();
        gateway.Services.Answers["/talk"] = async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers["X-Request-Id"] = "the-services-own";
            context.Response.Headers.XFrameOptions = "SAMEORIGIN";
            await context.Response.WriteAsync("<p>hello</p>");
        };
        foreach (var path in new[] { "/talk", "/v1/models", "/v1/nothing", "/health", "/api/v1/auth/me" })
        {
            using var response = await client.GetAsync(path);
            Assert.StartsWith("req_", Assert.Single(response.Headers.GetValues("X-Request-Id")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Equal(path == "/talk", policy.Contains("script-src 'self'", StringComparison.Ordinal));
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("{0}/talk?from=%2Fhome#top", "/talk?from=%2Fhome#top")]
    [InlineData("{0}//elsewhere.example", "/elsewhere.example")]
    [InlineData("/talk", "/talk")]
    [InlineData("https://elsewhere.example/talk", "https://elsewhere.example/talk")]
    public async Task Who_is_sent_on_within_a_service_is_not_told_its_address(string location, string expected)
    {
        gateway.Services.Answers["/home"] = context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = string.Format(null, location, gateway.Services.Addresses["web"].TrimEnd('/'));
            return Task.CompletedTask;
        };
        using var client = gateway.WithKey();
        using var response = await client.GetAsync("/home").OrTimeout();

        Assert.Equal((HttpStatusCode.Found, expected), (response.StatusCode, response.Headers.Location?.OriginalString));
    }

    private static JsonElement Claims(string authorization)
    {
        var payload = authorization["Bearer ".Length..].Split('.')[1];
        return JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(payload)).RootElement;
    }
}
