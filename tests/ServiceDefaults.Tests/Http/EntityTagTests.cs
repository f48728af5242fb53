using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Http;

namespace ServiceDefaults.Tests.Http;

public sealed class EntityTagTests
{
    [Theory]
    [InlineData(null, 200)]
    [InlineData("\"6\"", 200)]
    [InlineData("\"7\"", 304)]
    [InlineData("W/\"7\"", 304)]
    [InlineData("\"1\", \"7\"", 304)]
    [InlineData("*", 304)]
    [InlineData("7", 200)]
    public async Task Who_has_this_version_is_not_sent_it_again(string? known, int status)
    {
        await using var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/thing");
        request.Headers.TryAddWithoutValidation("If-None-Match", known);
        using var response = await service.CreateClient().As().SendAsync(request).OrTimeout();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("\"7\"", response.Headers.ETag?.ToString());
        Assert.Equal(status == 304, (await response.Content.ReadAsByteArrayAsync()).Length == 0);
    }

    [Theory]
    [InlineData(null, 428, "version_required")]
    [InlineData("\"6\"", 412, "version_mismatch")]
    [InlineData("W/\"7\"", 412, "version_mismatch")]
    [InlineData("7", 412, "version_mismatch")]
    [InlineData("\"6\", \"7\"", 200, null)]
    [InlineData("\"7\"", 200, null)]
    [InlineData("*", 200, null)]
    public async Task A_change_names_the_version_that_was_read(string? version, int status, string? code)
    {
        await using var service = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/thing");
        request.Headers.TryAddWithoutValidation("If-Match", version);
        using var response = await service.CreateClient().As().SendAsync(request).OrTimeout();

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(code, body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var said) ? said.GetString() : null);
    }

    private static Task<TestService> StartAsync() => TestService.StartAsync(app =>
    {
        app.MapGet("/api/v1/thing", (HttpContext context) =>
        {
            context.SetEntityTag(EntityTags.TagOf(7));
            return TypedResults.Ok("the thing");
        }).WithEntityTag().RequireAuthorization();
        app.MapPut("/api/v1/thing", Results<Ok<string>, ProblemHttpResult> (HttpContext context) =>
            context.CheckEntityTag(EntityTags.TagOf(7)) is { } refusal ? refusal : TypedResults.Ok("changed")).WithEntityTag().RequireAuthorization();
    });
}
