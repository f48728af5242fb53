using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Voice.ServiceDefaults.Identity;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class OtlpTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_reach_a_collector_and_probes_do_not()
    {
        await using var collector = await Collector.StartAsync();
        var builder = TestService.CreateBuilder(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "a-service"),
            ("OTEL_BSP_SCHEDULE_DELAY", "50"));
        using var source = new ActivitySource("Voice.Test.Otlp");
        var service = await TestService.StartAsync(builder, app => app.MapGet("/work", (ILogger<OtlpTests> logger) =>
        {
            using var activity = source.StartActivity("inner-work");
            logger.LogOtlpTest();
        }).RequireKnown());
        await service.CreateClient().As().GetAsync("/work");
        await service.CreateClient().GetAsync("/health");
        // The span of a request ends after its answer was read.
        await Deadline.Until(() => Task.FromResult(collector.Received("/v1/traces").Contains("GET /work", StringComparison.Ordinal)));
        await service.DisposeAsync();

        var traces = collector.Received("/v1/traces");
        Assert.Contains("a-service", traces);
        Assert.Contains("inner-work", traces);
        Assert.Contains("GET /work", traces);
        Assert.DoesNotContain("/health", traces);
        Assert.Contains("http.server.request.duration", collector.Received("/v1/metrics"));
        Assert.Contains("working on it", collector.Received("/v1/logs"));
    }

    /// <summary>Speaks OTLP over HTTP; what it gets is protobuf, in which strings are plain to see.</summary>
    private sealed class Collector(WebApplication app, ConcurrentQueue<(string Path, string Body)> received) : IAsyncDisposable
    {
        public string Address => app.Urls.Single();

        public static async Task<Collector> StartAsync()
        {
            var received = new ConcurrentQueue<(string, string)>();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.MapPost("/v1/{signal}", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                received.Enqueue((request.Path, Encoding.Latin1.GetString(body.ToArray())));
                return TypedResults.Ok();
            });
            await app.StartAsync();
            return new Collector(app, received);
        }

        public string Received(string path) => string.Concat(received.Where(item => item.Path == path).Select(item => item.Body));

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}

internal static partial class OtlpTestLog
{
    [LoggerMessage(1, LogLevel.Warning, "working on it")]
    public static partial void LogOtlpTest(this ILogger logger);
}
