using System.Net;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Routing;

public sealed class ResponseSizeTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const int Most = 32 * 1024 * 1024;

    [Fact]
    public async Task A_document_that_says_it_is_too_large_is_not_passed_on()
    {
        var path = Replicas.NewPath();
        gateway.Services.Answers[path] = async context =>
        {
            context.Response.ContentLength = Most + 1;
            context.Response.Headers.ETag = "\"1\"";
            await PourAsync(context);
        };
        using var client = gateway.WithKey();
        using var response = await client.GetAsync(path).OrTimeout();
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadGateway, "service_unavailable");
        Assert.Null(response.Headers.ETag);
    }

    [Fact]
    public async Task One_that_does_not_say_is_cut_off_and_its_service_stopped()
    {
        var (path, stopped) = (Replicas.NewPath(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        gateway.Services.Answers[path] = async context =>
        {
            using var noticed = context.RequestAborted.Register(() => stopped.TrySetResult());
            await PourAsync(context);
        };
        using var client = gateway.WithKey();
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead).OrTimeout();
        await using var body = await response.Content.ReadAsStreamAsync();
        var (buffer, read) = (new byte[64 * 1024], 0L);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await body.ReadAsync(buffer).AsTask().OrTimeout() is > 0 and var count)
            {
                read += count;
            }
        });
        Assert.InRange(read, 1, Most);
        await stopped.Task.OrTimeout();
    }

    [Theory]
    [InlineData("/v1/audio/speech")]
    [InlineData("/api/v1/sessions/s/recording/content")]
    public async Task Audio_has_no_such_limit(string path)
    {
        gateway.Services.Answers[path] = async context =>
        {
            context.Response.ContentLength = Most + 1;
            await PourAsync(context);
        };
        using var client = gateway.WithKey();
        using var response = await client.GetAsync(path).OrTimeout();
        Assert.Equal(Most + 1, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    private static async Task PourAsync(HttpContext context)
    {
        var (chunk, left) = (new byte[64 * 1024], context.Response.ContentLength ?? long.MaxValue);
        while (left > 0)
        {
            var count = (int)Math.Min(left, chunk.Length);
            await context.Response.Body.WriteAsync(chunk.AsMemory(0, count), context.RequestAborted);
            left -= count;
        }
    }
}
