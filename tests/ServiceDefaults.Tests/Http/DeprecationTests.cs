using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Voice.ServiceDefaults.Http.Deprecation;
using Voice.ServiceDefaults.OpenApi;

namespace ServiceDefaults.Tests.Http;

public sealed class DeprecationTests
{
    private static readonly DateTimeOffset Since = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Sunset = new(2027, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_goes_away_says_so_with_every_answer_refusals_among_them()
    {
        await using var service = await StartAsync();
        foreach (var (client, status) in new[] { (service.CreateClient().As(), HttpStatusCode.OK), (service.CreateClient(), HttpStatusCode.Unauthorized) })
        {
            using var response = await client.GetAsync("/api/v1/old").OrTimeout();
            Assert.Equal(status, response.StatusCode);
            Assert.Equal("@1777593600", Assert.Single(response.Headers.GetValues("Deprecation")));
            Assert.Equal("Sat, 01 May 2027 12:00:00 GMT", Assert.Single(response.Headers.GetValues("Sunset")));
            Assert.Equal(
                "</docs>; rel=\"deprecation\"; type=\"text/html\", </api/v1/new>; rel=\"successor-version\"", string.Join(", ", response.Headers.GetValues("Link")));
        }
    }

    [Fact]
    public async Task What_stays_does_not_and_an_end_that_is_not_decided_is_not_made_up()
    {
        await using var service = await StartAsync();
        using var staying = await service.CreateClient().As().GetAsync("/api/v1/new").OrTimeout();
        Assert.All(["Deprecation", "Sunset", "Link"], name => Assert.False(staying.Headers.Contains(name)));

        using var undecided = await service.CreateClient().As().GetAsync("/api/v1/undecided").OrTimeout();
        Assert.True(undecided.Headers.Contains("Deprecation"));
        Assert.False(undecided.Headers.Contains("Sunset"));
    }

    [Fact]
    public async Task The_API_document_says_so()
    {
        await using var service = await StartAsync();
        using var document = JsonDocument.Parse(await service.CreateClient().As().GetStringAsync(ApiDocumentExtensions.Path).OrTimeout());
        var paths = document.RootElement.GetProperty("paths");
        var old = paths.GetProperty("/api/v1/old").GetProperty("get");
        Assert.True(old.GetProperty("deprecated").GetBoolean());
        Assert.Equal("The old way.\n\nDeprecated since 2026-05-01, gone from 2027-05-01 on. Use `/api/v1/new`.", old.GetProperty("description").GetString());
        Assert.False(paths.GetProperty("/api/v1/new").GetProperty("get").TryGetProperty("deprecated", out _));
    }

    [Fact]
    public void An_end_before_the_beginning_is_a_mistake_of_who_maps_it() =>
        Assert.Throws<ArgumentException>(() => WebApplication.CreateSlimBuilder().Build().MapGet("/", () => "").Deprecated(Sunset, Since));

    private static Task<TestService> StartAsync()
    {
        var builder = TestService.CreateBuilder();
        builder.AddApiDocument();
        return TestService.StartAsync(builder, app =>
        {
            app.MapGet("/api/v1/old", () => TypedResults.Ok("old")).RequireAuthorization().WithDescription("The old way.").Deprecated(Since, Sunset, "/api/v1/new");
            app.MapGet("/api/v1/undecided", () => TypedResults.Ok("old")).RequireAuthorization().Deprecated(Since);
            app.MapGet("/api/v1/new", () => TypedResults.Ok("new")).RequireAuthorization();
        });
    }
}
