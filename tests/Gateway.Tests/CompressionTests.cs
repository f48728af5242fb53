using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests;

/// <summary>What is compressed, and above all what is not.</summary>
public sealed class CompressionTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Browsers = "gzip, deflate, br, zstd";

    private static readonly string Document = JsonSerializer.Serialize(Enumerable.Range(0, 200).Select(i => new { id = $"agent_{i}", name = "receptionist" }));

    [Theory]
    [InlineData("/api/v1/agents", Browsers, "br")]
    [InlineData("/api/v1/sessions", "gzip", "gzip")]
    [InlineData("/api/v1/sessions/s/interventions", "br;q=0.1, gzip", "gzip")]
    [InlineData("/api/v1/sessions/s/exports", Browsers, "br")]
    [InlineData("/v1/models", Browsers, "br")]
    [InlineData("/v1/models", "identity", null)]
    [InlineData("/v1/models", "br;q=0, gzip;q=0", null)]
    [InlineData("/v1/models", "zstd", null)]
    [InlineData("/v1/models", null, null)]
    public async Task Documents_are_compressed_as_the_client_likes(string path, string? accepts, string? encoding)
    {
        Answer(path, "application/json; charset=utf-8");
        using var response = await AskAsync(path, accepts);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(Document, await DecodeAsync(response));
        if (encoding is not null)
        {
            Assert.Contains("Accept-Encoding", response.Headers.Vary);
            Assert.Contains("Origin", response.Headers.Vary);
            Assert.InRange((await response.Content.ReadAsByteArrayAsync()).Length, 10, Document.Length / 4);
        }
    }

    [Theory]
    [InlineData("/v1/chat/completions", "text/event-stream", true)]
    [InlineData("/v1/chat/completions", "application/json", true)]
    [InlineData("/v1/audio/speech", "audio/mpeg", true)]
    [InlineData("/v1/audio/speech", "application/json", true)]
    [InlineData("/v1/realtime/client_secrets", "application/json", true)]
    [InlineData("/api/v1/agents", "application/json", true)]
    [InlineData("/api/v1/agents", "audio/wav", false)]
    [InlineData("/api/v1/agents", "text/event-stream", false)]
    [InlineData("/api/v1/agents", "text/html", false)]
    [InlineData("/sign-in", "text/html", false)]
    [InlineData("/talk", "text/html", false)]
    [InlineData("/api/v1/sessions/s/recording/content", "audio/wav", false)]
    public async Task Audio_streams_pages_secrets_and_what_answers_a_text_are_not(string path, string contentType, bool post)
    {
        Answer(path, contentType);
        await IsPlainAsync(path, post: post);
    }

    [Fact]
    public async Task Keys_and_accounts_are_not()
    {
        for (var i = 0; i < 10; i++)
        {
            await gateway.AddKeyAsync();
        }

        using var owner = await gateway.SignedInAsync();
        foreach (var path in new[] { "/api/v1/api-keys", "/api/v1/auth/me", "/api/v1/auth/sessions", "/api/v1/organization", "/api/v1/members" })
        {
            owner.DefaultRequestHeaders.Remove("Accept-Encoding");
            owner.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", Browsers);
            using var response = await owner.GetAsync(path);
            Assert.Empty(response.Content.Headers.ContentEncoding);
            Assert.True(path != "/api/v1/api-keys" || (await response.Content.ReadAsByteArrayAsync()).Length > 1024, "too short to be compressed anyway");
        }
    }

    [Fact]
    public async Task Nothing_is_where_the_browser_adds_the_credential_by_itself()
    {
        Answer("/api/v1/agents", "application/json");
        using var client = await gateway.SignedInAsync();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", Browsers);
        using var response = await client.GetAsync("/api/v1/agents");
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(Document, await response.Content.ReadAsStringAsync());

        // What is the same for everybody has nothing to tell.
        using var open = await client.GetAsync("/api/v1/errors");
        Assert.Equal("br", Assert.Single(open.Content.Headers.ContentEncoding));
    }

    [Theory]
    [InlineData("ETag", "\"7\"")]
    [InlineData("Set-Cookie", "a=b")]
    [InlineData("Cache-Control", "no-transform, private")]
    [InlineData("Content-Encoding", "gzip")]
    public async Task An_answer_that_must_stay_as_it_is_does(string header, string value)
    {
        Answer("/api/v1/agents", "application/json", header, value);
        using var response = await AskAsync("/api/v1/agents", Browsers);
        Assert.Equal(header == "Content-Encoding" ? ["gzip"] : [], response.Content.Headers.ContentEncoding);
        Assert.Equal(value, Assert.Single(response.Headers.Concat(response.Content.Headers).Single(one => one.Key == header).Value));
        Assert.Equal(Document.Length, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_weak_tag_stays_as_it_is_and_is_known_again_in_every_encoding()
    {
        Answer("/api/v1/agents", "application/json", "ETag", "W/\"7\"");
        using (var response = await AskAsync("/api/v1/agents", Browsers))
        {
            Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
            Assert.Equal("W/\"7\"", response.Headers.ETag?.ToString());
        }

        using var document = await AskAsync("/api/v1/openapi.json", "gzip");
        Assert.Equal("gzip", Assert.Single(document.Content.Headers.ContentEncoding));
        Assert.True(document.Headers.ETag?.IsWeak);
        foreach (var accepts in new[] { "gzip", "br", null })
        {
            using var again = await AskAsync("/api/v1/openapi.json", accepts, ("If-None-Match", document.Headers.ETag!.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }

    [Fact]
    public async Task What_is_small_or_an_error_is_not()
    {
        gateway.Services.Answers["/v1/models"] = async context =>
        {
            (context.Response.ContentType, context.Response.ContentLength) = ("application/json", 11);
            await context.Response.WriteAsync("{\"data\":[]}");
        };
        await IsPlainAsync("/v1/models");
        Answer("/api/v1/agents", "application/json", status: StatusCodes.Status404NotFound);
        await IsPlainAsync("/api/v1/agents");
    }

    private async Task IsPlainAsync(string path, bool post = false)
    {
        using var response = await AskAsync(path, Browsers, post: post);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.DoesNotContain("Accept-Encoding", response.Headers.Vary);
    }

    private void Answer(string path, string contentType, string? header = null, string? value = null, int status = StatusCodes.Status200OK) => gateway.Services.Answers[path] = async context =>
    {
        (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength) = (status, contentType, Document.Length);
        if (header is not null)
        {
            context.Response.Headers[header] = value;
        }

        await context.Response.WriteAsync(Document);
    };

    private async Task<HttpResponseMessage> AskAsync(string path, string? accepts, (string Name, string Value)? header = null, bool post = false)
    {
        using var client = gateway.WithKey();
        using var request = new HttpRequestMessage(post ? HttpMethod.Post : HttpMethod.Get, path) { Content = post ? new StringContent("{}") : null };
        if (accepts is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        }

        if (header is { } more)
        {
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        }

        return await client.SendAsync(request);
    }

    private static async Task<string> DecodeAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStreamAsync();
        await using var decoded = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true),
            "gzip" => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
            _ => body,
        };
        var text = await new StreamReader(decoded).ReadToEndAsync();
        if (body.CanSeek)
        {
            body.Position = 0;
        }

        return text;
    }
}
