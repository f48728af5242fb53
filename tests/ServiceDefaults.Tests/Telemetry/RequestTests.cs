using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Voice.ServiceDefaults.Identity;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class RequestTests
{
    [Theory]
    [InlineData("abc-DEF_1.2", true)]
    [InlineData("has space", false)]
    [InlineData("naïve", false)]
    [InlineData("<script>", false)]
    [InlineData("", false)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x", false)]
    public async Task A_request_id_is_kept_when_it_is_harmless_and_made_otherwise(string given, bool kept)
    {
        await using var service = await TestService.StartAsync(app => app.MapGet("/id", (HttpContext context) => context.TraceIdentifier).AllowAnonymous());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/id");
        request.Headers.TryAddWithoutValidation("X-Request-Id", given);
        using var response = await service.CreateClient().SendAsync(request);
        var echoed = Assert.Single(response.Headers.GetValues("X-Request-Id"));
        Assert.Equal(await response.Content.ReadAsStringAsync(), echoed);
        if (kept)
        {
            Assert.Equal(given, echoed);
        }
        else
        {
            Assert.Matches("^req_[0-9a-f]{32}$", echoed);
        }
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_also_refusals_and_failures()
    {
        await using var service = await TestService.StartAsync(app => app.MapGet("/throws", () =>
        {
            throw new InvalidOperationException();
        }).RequireKnown());
        foreach (var path in (string[])["/throws", "/health", "/missing"])
        {
            using var response = await service.CreateClient().As().GetAsync(path);
            Assert.StartsWith("req_", Assert.Single(response.Headers.GetValues("X-Request-Id")));
        }

        using var refused = await service.CreateClient().GetAsync("/throws");
        Assert.StartsWith("req_", Assert.Single(refused.Headers.GetValues("X-Request-Id")));
    }

    [Fact]
    public async Task A_trace_goes_on_from_service_to_service_without_any_exporter()
    {
        var downstream = TestService.CreateBuilder();
        downstream.WebHost.UseKestrelOnFreePort();
        await using var second = await TestService.StartAsync(downstream, app =>
            app.MapGet("/trace", () => Activity.Current?.TraceId.ToHexString() ?? "none").AllowAnonymous());
        var address = second.App.Urls.Single();

        var upstream = TestService.CreateBuilder();
        upstream.WebHost.UseKestrelOnFreePort();
        await using var first = await TestService.StartAsync(upstream, app => app.MapGet("/call", async (IHttpClientFactory clients) =>
            await clients.CreateClient().GetStringAsync(address + "/trace")).AllowAnonymous());

        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, first.App.Urls.Single() + "/call");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await client.SendAsync(request).OrTimeout();
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_span_is_named_by_its_route_and_probes_are_not_recorded()
    {
        using var activities = new ActivityCollector("Microsoft.AspNetCore");
        await using var service = await TestService.StartAsync(app => app.MapGet("/api/v1/sessions/{id}", (string id) => id).RequireKnown());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sessions/sess_1?signature=secret");
        request.Headers.Add("traceparent", "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await service.CreateClient().As().SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var probe = new HttpRequestMessage(HttpMethod.Get, "/health");
        probe.Headers.Add("traceparent", "00-2af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        await service.CreateClient().SendAsync(probe);

        await Deadline.Until(() => Task.FromResult(activities.OfTrace(ActivityTraceId.CreateFromString("2af7651916cd43dd8448eb211c80319c")).Count == 1));
        var span = Assert.Single(activities.OfTrace(ActivityTraceId.CreateFromString("1af7651916cd43dd8448eb211c80319c")));
        Assert.Equal("GET /api/v1/sessions/{id}", span.DisplayName);
        Assert.Equal("/api/v1/sessions/{id}", span.GetTagItem("http.route"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("secret") == true);
        Assert.False(Assert.Single(activities.OfTrace(ActivityTraceId.CreateFromString("2af7651916cd43dd8448eb211c80319c"))).Recorded);
    }
}
