using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voice.Inference.Tests.Jobs;

/// <summary>Voice-api, as far as recordings go: a link for who says who they are, and what it leads to for everybody.</summary>
internal sealed class FakeRecordings : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeRecordings(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Organization, subject and scopes of the tokens that came.</summary>
    public ConcurrentBag<string> Callers { get; } = [];

    public static async Task<FakeRecordings> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var recordings = new FakeRecordings(app);
        app.MapGet("/api/v1/sessions/{id}/recording", (string id, HttpContext context) => recordings.LinkAsync(id, context));
        app.MapGet("/api/v1/sessions/{id}/recording/content", async (HttpContext context) =>
            await context.Response.Body.WriteAsync(LongRecording.Stereo(await LongRecording.OfAsync(2), await LongRecording.OfAsync(1))));
        await app.StartAsync();
        return recordings;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task LinkAsync(string id, HttpContext context)
    {
        var payload = context.Request.Headers.Authorization.ToString().Split(' ')[1].Split('.')[1];
        var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(payload)).RootElement;
        Callers.Add($"{claims.GetProperty("org").GetString()} {claims.GetProperty("sub").GetString()} {claims.GetProperty("scope").GetString()}");
        if (id == "sess_recorded")
        {
            await context.Response.WriteAsJsonAsync(new { url = $"/api/v1/sessions/{id}/recording/content?expires=1&signature=x", expires_at = "2026-11-20T09:30:41+00:00", content_type = "audio/wav" });
            return;
        }

        context.Response.StatusCode = 404;
        await context.Response.WriteAsJsonAsync(new { code = id == "sess_silent" ? "recording_not_found" : "session_not_found" });
    }
}
